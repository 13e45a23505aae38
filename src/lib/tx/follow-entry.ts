import { setTimeout as sleep } from 'node:timers/promises'

import type { Signer } from '../account/signer.ts'
import type { Rpc, SendOutcome } from '../chain/rpc.ts'
import { RpcUnavailableError } from '../errors.ts'
import { raisedFees, readFeeMarket } from './fees.ts'
import { inspectEntry } from './inspect-entry.ts'
import { hashOf, lastAttempt } from './journal-entry.ts'
import type { JournalEntry, MinedAs } from './journal-entry.ts'
import type { Journal } from './journal.ts'
import type { Receipt } from './receipt.ts'
import { replaceAttempt } from './replace-attempt.ts'
import type { OnSigned } from './sign-and-broadcast.ts'
import type { OnStep } from './steps.ts'

export interface FollowOptions {
  readonly confirmations: number
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  readonly onStep?: OnStep
  /** How long the chain may not know the bytes before they are sent again; 0 when they may never have been sent. */
  readonly broadcastAgainAfterMs: number
  readonly raiseFee?: RaiseFee
  /** Told when it has come into a block, again when it has come into another one. */
  readonly onMined?: (receipt: Receipt) => Promise<void>
  /** Told when a reorganisation has taken it out of its block. */
  readonly onTakenBack?: () => Promise<void>
}

/** Replaces an attempt that the fee market has left behind, as often as it takes. */
export interface RaiseFee {
  /** How long an attempt may wait before its fee is held against the market. */
  readonly afterMs: number
  /** wei a gas; no replacement offers more. */
  readonly limitWei: bigint
  readonly signer: () => Promise<Signer>
  readonly onSigned?: OnSigned
}

export interface Followed {
  readonly entry: JournalEntry
  /** Present when the entry was mined and is now final or reverted. */
  readonly receipt?: Receipt
  /** Why the last broadcast was refused, if it was. */
  readonly refusal?: string
  /** Why following ended early. */
  readonly stopped?: 'timeout' | 'interrupted'
}

/**
 * Looks in a row that must agree before a nonce counts as used by another transaction, or a block as gone that none has
 * replaced: one node may lag.
 */
const looksInARow = 5
/** And how long they must have agreed: a load balancer's nodes may be seconds apart. */
const agreedForMs = 10_000

const pauseBetweenBroadcastsMs = 2000
/** A node that lags is no reorganisation: it gets a moment before it is sent the bytes. */
const pauseAfterReorganisationMs = 1000
const firstPauseMs = 30
const longestPauseMs = 1000

/**
 * Sees an entry through to its end: waits for it to be mined, sends the same bytes again when the chain has never seen
 * them, replaces them when the fee market has left them behind, takes it back when a reorganisation does, and reads the
 * receipt again at the wanted depth. Writes every change of state to the journal. Ends without a verdict only on a
 * timeout or an interruption. The caller holds the account's lock.
 */
export async function followEntry(
  rpc: Rpc,
  journal: Journal,
  start: JournalEntry,
  options: FollowOptions,
): Promise<Followed> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const stop = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout])
  const ended = aborted(stop)
  let entry = start
  let refusal: string | undefined
  const nonceUsed = countLooks()
  const late = countLooks()
  let pauseMs = firstPauseMs
  let nextBroadcast = performance.now() + options.broadcastAgainAfterMs
  const { raiseFee } = options
  let nextRaise = performance.now() + (raiseFee?.afterMs ?? Infinity)

  const become = async (changes: Partial<JournalEntry>) => {
    entry = { ...entry, ...changes }
    await journal.write(entry)
  }

  for (;;) {
    const sighting = await Promise.race([unlessUnavailable(inspectEntry(rpc, entry)), ended])
    const isSuperseded = nonceUsed(sighting?.kind === 'nonceUsed')
    const isGone = late(sighting?.kind === 'late')
    if (sighting?.kind === 'mined') {
      const { receipt, confirmations } = sighting
      const minedAs = toMinedAs(receipt)
      if (entry.state !== 'mined' || entry.minedAs?.blockHash !== minedAs.blockHash) {
        if (entry.state === 'mined') await options.onTakenBack?.()
        await become({ state: 'mined', minedAs })
        await options.onMined?.(receipt)
      } else if (confirmations >= options.confirmations) {
        await become({ state: receipt.succeeded ? 'final' : 'reverted', minedAs })
        options.onStep?.({ name: 'settled', hash: receipt.hash })
        return { entry, receipt }
      }
      options.onStep?.({
        name: 'confirmations',
        hash: receipt.hash,
        seen: Math.min(confirmations, options.confirmations),
        wanted: options.confirmations,
      })
      if (confirmations >= options.confirmations) continue
    } else if (sighting !== undefined && entry.state === 'mined' && (sighting.kind !== 'late' || isGone)) {
      const { minedAs: _gone, ...rest } = entry
      nextBroadcast = performance.now() + pauseAfterReorganisationMs
      entry = { ...rest, state: 'pending' }
      await journal.write(entry)
      await options.onTakenBack?.()
    }
    if (isSuperseded) {
      await become({ state: 'superseded' })
      return { entry }
    }
    if (sighting?.kind === 'unseen' && performance.now() >= nextBroadcast) {
      options.onStep?.({ name: 'broadcastAgain', hash: hashOf(entry) })
      const outcome = await broadcastAgain(rpc, entry)
      refusal = outcome.kind === 'accepted' ? undefined : outcome.message
      nextBroadcast = performance.now() + pauseBetweenBroadcastsMs
    }
    const waits = sighting?.kind === 'waiting' || sighting?.kind === 'unseen'
    if (raiseFee !== undefined && waits && performance.now() >= nextRaise && !stop.aborted) {
      const market = await Promise.race([unlessUnavailable(readFeeMarket(rpc)), ended])
      const fees = market && raisedFees(lastAttempt(entry), market, raiseFee.limitWei)
      if (fees !== undefined) {
        const parts = { onSigned: raiseFee.onSigned, onStep: options.onStep }
        entry = await replaceAttempt({ rpc, journal, entry, signer: await raiseFee.signer(), fees, ...parts })
        nextRaise = performance.now() + raiseFee.afterMs
        nextBroadcast = performance.now() + pauseBetweenBroadcastsMs
      }
    }
    if (stop.aborted) {
      const stopped = options.signal?.aborted === true ? 'interrupted' : 'timeout'
      return { entry, stopped, ...(refusal !== undefined && { refusal }) }
    }
    await sleep(pauseMs, undefined, { signal: stop }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
  }
}

/** Says whether enough looks in a row have agreed for long enough. */
function countLooks(): (agrees: boolean) => boolean {
  let looks = 0
  let since = 0
  return (agrees) => {
    looks = agrees ? looks + 1 : 0
    if (looks <= 1) since = performance.now()
    return looks >= looksInARow && performance.now() - since >= agreedForMs
  }
}

/** Resolves when the signal fires, so that an end of the waiting does not wait for an RPC that hangs. */
async function aborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  }
  return undefined
}

/** An RPC that fails while a transaction is on its way says nothing about the transaction. */
async function unlessUnavailable<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof RpcUnavailableError) return undefined
    throw error
  }
}

/** Sends the newest attempt again or, where it is refused, an older one: the account may not be able to pay for more. */
async function broadcastAgain(rpc: Rpc, entry: JournalEntry): Promise<SendOutcome> {
  const outcome = await rpc.sendRawTransaction(lastAttempt(entry).signed)
  if (outcome.kind !== 'refused' || outcome.reason === 'alreadyKnown') return outcome
  for (const { signed } of entry.attempts.slice(0, -1).reverse()) {
    const another = await rpc.sendRawTransaction(signed)
    if (another.kind !== 'refused') return another
  }
  return outcome
}

function toMinedAs(receipt: Receipt): MinedAs {
  const { hash, blockNumber, blockHash, gasUsed, effectiveGasPrice } = receipt
  return { hash, blockNumber, blockHash, gasUsed, effectiveGasPrice }
}
