import { decodeErrorResult } from 'viem'
import type { Hex } from 'viem'

import type { RpcResponseError } from '../chain/rpc.ts'
import { sanitize } from '../text/sanitize.ts'

/** What to do about each reason that the contracts give for a revert; the only place that knows their texts. */
const advice: readonly (readonly [reason: string, nextStep: string])[] = [
  ['system is paused', 'wait until the protocol is unpaused'],
  ['current round is not initialized', 'wait until somebody initialises the round, usually within minutes'],
  ['sender deposit and reserve are zero', 'fund it first: lp-pay deposit 0.1 --reserve 0.36'],
  ['unlock already initiated', 'see when it ends: lp-pay status'],
  ['no unlock request in progress', 'begin one: lp-pay unlock'],
  ['account is locked', 'begin to unlock: lp-pay unlock'],
  ['sender is unlocked', 'see the state: lp-pay status'],
  ['insufficient to cover ticket face value', 'the ticket stays valid: wait until its sender tops up'],
  ['transcoder must be', 'wait until the recipient is in the active set'],
]

/** How a ticket ends that can never be redeemed (any more). */
export type TicketEnd = 'usedElsewhere' | 'expired' | 'invalid'

/** The reasons that end a ticket, whatever happens later. A ticket that fails for any other may pass another time. */
const ticketEnds: readonly (readonly [reason: string, end: TicketEnd])[] = [
  ['ticket is used', 'usedElsewhere'],
  ['ticket is expired', 'expired'],
  ['ticket did not win', 'invalid'],
  ['recipientRand does not match recipientRandHash', 'invalid'],
  ['invalid signature over ticket hash', 'invalid'],
  ['INVALID_SIGNATURE_LENGTH', 'invalid'],
  ['ECDSA: invalid signature', 'invalid'],
  ['ticket creationRound does not have a block hash', 'invalid'],
  ['ticket creationRoundBlockHash invalid for creationRound', 'invalid'],
  ['invalid length for ticket auxData', 'invalid'],
  ['ticket recipient is null address', 'invalid'],
  ['ticket sender is null address', 'invalid'],
]

const executionReverted = 3
const longestReason = 300

/** Whether a node's error says that the call ran and reverted, rather than that it was not run. */
export function isRevert({ rpcCode, message }: RpcResponseError): boolean {
  return rpcCode === executionReverted || /\brevert(?:ed)?\b/i.test(message)
}

/** The reason of a revert, without what the node says around it. */
export function revertReason(error: RpcResponseError): string {
  return presentable(decodedReason(error.data) ?? reasonInText(error.message))
}

/** The reason in the data of a revert. */
export function reasonInData(data: Hex): string {
  return presentable(decodedReason(data) ?? '')
}

/** How a ticket ends whose redemption reverts with a reason; undefined when it may pass another time. */
export function ticketEnd(reason: string): TicketEnd | undefined {
  return ticketEnds.find(([text]) => reason.includes(text))?.[1]
}

export function adviceFor(reason: string): string | undefined {
  return advice.find(([text]) => reason.includes(text))?.[1]
}

function presentable(text: string): string {
  const reason = sanitize(text).trim()
  if (reason === '') return 'no reason given'
  return reason.length <= longestReason ? reason : `${reason.slice(0, longestReason - 1)}…`
}

function decodedReason(data: unknown): string | undefined {
  const hex = revertData(data)
  if (hex === undefined || hex === '0x') return undefined
  try {
    const { errorName, args } = decodeErrorResult({ data: hex })
    return errorName === 'Error' ? String(args?.[0]) : `${errorName}(${String(args?.[0])})`
  } catch {
    // A custom error of a contract that is not ours to know: the node's message says more.
    return undefined
  }
}

/** What the node says itself, after `the RPC refused METHOD: ` and the words that nodes put in front. */
function reasonInText(message: string): string {
  return message
    .replace(/^the RPC refused \w+: /, '')
    .replace(/^.*?execution reverted:?\s*(?:revert:?\s*)?/i, '')
}

function revertData(data: unknown): Hex | undefined {
  if (typeof data === 'string' && data.startsWith('0x')) return data as Hex
  if (typeof data === 'object' && data !== null && 'data' in data) return revertData(data.data)
  return undefined
}
