import type { Hex } from 'viem'

import type { EndedTicket, StayingTickets, SubmittedBatch } from './redeem-result.ts'

/** What happens while tickets are redeemed, in order. */
export type RedeemEvent =
  | {
      readonly event: 'planned'
      readonly round: bigint
      readonly batches: number
      readonly tickets: number
      readonly faceValueWei: bigint
      readonly payoutWei: bigint
      readonly gasCostWei: bigint
      readonly staying: readonly StayingTickets[]
    }
  /** Tickets that came to an end without a transaction of ours. */
  | { readonly event: 'ended'; readonly tickets: readonly EndedTicket[] }
  /** Signed and written down; about to be sent. */
  | { readonly event: 'sending'; readonly transactionHash: Hex; readonly tickets: number }
  | { readonly event: 'mined'; readonly transactionHash: Hex; readonly blockNumber: bigint }
  /** A reorganisation took it out of its block. */
  | { readonly event: 'takenBack'; readonly submission: string }
  /** Final or reverted. */
  | { readonly event: 'settled'; readonly batch: SubmittedBatch }
  /** A batch that failed as a whole is tried in halves. */
  | { readonly event: 'halved'; readonly tickets: number; readonly reason: string }
  /** Something that does not stop it: a store that would not answer for a moment. */
  | { readonly event: 'trouble'; readonly code: string; readonly message: string }

export type OnRedeemEvent = (event: RedeemEvent) => void
