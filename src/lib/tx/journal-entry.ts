import type { Address, Hex } from 'viem'

import { ConfigurationError } from '../errors.ts'
import type { Call } from './operation.ts'
import type { Fees } from './fees.ts'

/** See docs/architecture.md, "The journal". */
export type EntryState = 'pending' | 'mined' | 'final' | 'reverted' | 'superseded' | 'refused'

/** One set of signed bytes. All attempts of an entry share its nonce, so at most one is ever mined. */
export interface Attempt extends Fees {
  readonly hash: Hex
  readonly signed: Hex
  readonly gas: bigint
  /** ISO 8601 */
  readonly signedAt: string
}

export interface MinedAs {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly gasUsed: bigint
  readonly effectiveGasPrice: bigint
}

export interface JournalEntry {
  readonly version: 1
  readonly chainKey: string
  readonly chainId: number
  readonly network: string
  readonly from: Address
  readonly nonce: number
  readonly operation: string
  readonly requestKey: string
  readonly call: Call
  readonly attempts: readonly [Attempt, ...Attempt[]]
  readonly state: EntryState
  readonly minedAs?: MinedAs
  /** The user has been told how it ended. */
  readonly reported: boolean
}

/** Whether the chain has said how it ended. */
export function isSettled(entry: JournalEntry): boolean {
  return entry.state !== 'pending' && entry.state !== 'mined'
}

/** Whether nothing is left to do about it. */
export function isClosed(entry: JournalEntry): boolean {
  return isSettled(entry) && entry.reported
}

/** A verdict that was never reported is looked up again: its receipt is needed, and a reorganisation may have passed. */
export function reopened(entry: JournalEntry): JournalEntry {
  return { ...entry, state: entry.minedAs === undefined ? 'pending' : 'mined' }
}

/** The hash people know it by: the one that was mined, else the newest. */
export function hashOf(entry: JournalEntry): Hex {
  return entry.minedAs?.hash ?? lastAttempt(entry).hash
}

export function lastAttempt(entry: JournalEntry): Attempt {
  return entry.attempts.at(-1) ?? entry.attempts[0]
}

export function encodeEntry(entry: JournalEntry): string {
  const text = JSON.stringify(
    entry,
    (_, value: unknown) => (typeof value === 'bigint' ? `${value.toString()}n` : value),
    2,
  )
  return `${text}\n`
}

/** @throws {ConfigurationError} JOURNAL_CORRUPT */
export function decodeEntry(text: string, file: string): JournalEntry {
  try {
    const entry = JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' && /^\d{1,78}n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
    ) as unknown
    if (isEntry(entry)) return entry
  } catch {
    // Falls through: a file that is not JSON is as corrupt as one of the wrong shape.
  }
  throw new ConfigurationError('JOURNAL_CORRUPT', `the journal file ${file} cannot be read`, {
    details: { file },
    nextSteps: ["look up the account's last transactions on an explorer, then move the file away and repeat"],
  })
}

function isEntry(value: unknown): value is JournalEntry {
  if (!isRecord(value) || value['version'] !== 1) return false
  const {
    chainKey,
    chainId,
    network,
    from,
    nonce,
    operation,
    requestKey,
    call,
    attempts,
    state,
    minedAs,
    reported,
  } = value
  return (
    [chainKey, network, operation, requestKey].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(chainId) &&
    Number.isSafeInteger(nonce) &&
    isHex(from, 20) &&
    isRecord(call) &&
    isHex(call['to'], 20) &&
    isHex(call['data']) &&
    typeof call['value'] === 'bigint' &&
    Array.isArray(attempts) &&
    attempts.length > 0 &&
    attempts.every(isAttempt) &&
    ['pending', 'mined', 'final', 'reverted', 'superseded', 'refused'].includes(state as string) &&
    (minedAs === undefined || (isRecord(minedAs) && isHex(minedAs['hash'], 32))) &&
    typeof reported === 'boolean'
  )
}

function isAttempt(value: unknown): value is Attempt {
  return (
    isRecord(value) &&
    isHex(value['hash'], 32) &&
    isHex(value['signed']) &&
    ['gas', 'maxFeePerGas', 'maxPriorityFeePerGas'].every((name) => typeof value[name] === 'bigint') &&
    typeof value['signedAt'] === 'string'
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isHex(value: unknown, bytes?: number): boolean {
  return (
    typeof value === 'string' &&
    /^0x(?:[0-9a-f]{2})*$/i.test(value) &&
    (bytes === undefined || value.length === 2 + bytes * 2)
  )
}
