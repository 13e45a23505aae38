import type { Address, Hex } from 'viem'

import type { StoredTicket, TicketState } from './ticket-store.ts'

/** Every state, in the order of a ticket's life. */
export const ticketStates = [
  'pending',
  'submitted',
  'redeemed',
  'final',
  'usedElsewhere',
  'expired',
  'invalid',
  'forgotten',
] as const satisfies readonly TicketState[]

/**
 * A ticket of the store as it may be shown: without recipientRand, with which a sender could choose nonces that never
 * win while others of the same session are open.
 */
export interface TicketReport {
  readonly hash: Hex
  readonly state: TicketState
  /** Why it is in this state, or waits. */
  readonly reason: string | null
  readonly sender: Address
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  readonly senderNonce: bigint
  readonly recipientRandHash: Hex
  readonly creationRound: bigint
  readonly creationRoundBlockHash: Hex
  readonly sig: Hex
  /** What the recipient was credited. */
  readonly paidWei: bigint | null
  readonly transactionHash: Hex | null
  /** Its part of the fees of all transactions made for it. */
  readonly feeWei: bigint
  /** ISO 8601 */
  readonly addedAt: string
}

export function describeTicket(stored: StoredTicket): TicketReport {
  const { hash, ticket, state, reason, paidWei, transactionHash, feeWei, addedAt } = stored
  return {
    hash,
    state,
    reason: reason ?? null,
    sender: ticket.sender,
    recipient: ticket.recipient,
    faceValueWei: ticket.faceValue,
    winProb: ticket.winProb,
    senderNonce: ticket.senderNonce,
    recipientRandHash: ticket.recipientRandHash,
    creationRound: ticket.creationRound,
    creationRoundBlockHash: ticket.creationRoundBlockHash,
    sig: ticket.sig,
    paidWei: paidWei ?? null,
    transactionHash: transactionHash ?? null,
    feeWei,
    addedAt,
  }
}
