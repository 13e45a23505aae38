import type { Address, Hex } from 'viem'

import type { ImportResult } from '../tickets/import-source.ts'
import type { LeftCode, RedemptionPlan } from './plan/types.ts'

/** What became of one ticket of a transaction. */
export interface SubmittedTicket {
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** What the contract's event says that the recipient was credited; 0 when it was not redeemed. */
  readonly paidWei: bigint
  readonly outcome: 'redeemed' | 'left' | 'usedElsewhere' | 'expired' | 'invalid'
  /** Null when it was redeemed. */
  readonly reason: string | null
}

/** A transaction that was mined, and what it did. */
export interface SubmittedBatch {
  readonly transactionHash: Hex
  readonly outcome: 'final' | 'reverted'
  /** An earlier run had sent it; this one has seen it through. */
  readonly byEarlierRun: boolean
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly feeWei: bigint
  /** Of the tickets redeemed. */
  readonly faceValueWei: bigint
  readonly paidWei: bigint
  /** (paid - fee) / face value, in basis points, rounded down; null when nothing was redeemed. */
  readonly efficiencyBasisPoints: bigint | null
  readonly tickets: readonly SubmittedTicket[]
}

/** Why a ticket stays in the store; those of the planner and those of the executor. */
export type StayCode =
  | LeftCode
  /** Another redeemer, or an earlier run, has it in a transaction that is not settled. */
  | 'inFlight'
  /** Redeemed on chain, not yet N blocks deep. */
  | 'beingRedeemed'
  | 'simulationFails'
  | 'batchFails'
  | 'gasAccountShort'
  | 'feeLimit'
  | 'paused'
  | 'roundNotInitialized'
  | 'roundNotBegun'

/** Tickets that stay for one kind of reason. */
export interface StayingTickets {
  readonly code: StayCode
  readonly tickets: number
  readonly faceValueWei: bigint
  /** The reason of the one that is worth most, in one clause. */
  readonly reason: string
  readonly example: Hex
}

/** A ticket that came to its end without a transaction of this run. */
export interface EndedTicket {
  readonly hash: Hex
  readonly outcome: 'final' | 'usedElsewhere' | 'expired' | 'invalid'
  readonly faceValueWei: bigint
  readonly paidWei: bigint
  readonly reason: string | null
}

export interface RedeemTotals {
  readonly redeemedTickets: number
  /** Redeemed, but for less than the face value. */
  readonly shortPaidTickets: number
  readonly faceValueWei: bigint
  readonly paidWei: bigint
  readonly gasUsed: bigint
  /** Of all transactions, also of those that reverted. */
  readonly feeWei: bigint
  /** Paid less fees. */
  readonly netWei: bigint
}

/** What a run of `lp-pay redeem` did. */
export interface RedeemResult {
  readonly outcome: 'redeemed' | 'nothingToDo' | 'dryRun' | 'stopped'
  readonly network: string
  /** Where the tickets are kept. */
  readonly store: string
  /** Who pays the gas; null in a dry run without an account. */
  readonly account: Address | null
  /** Null when the chain was not read. */
  readonly round: bigint | null
  /** What was read from a file first. */
  readonly imported: ImportResult | null
  /** In a dry run: what would be sent. */
  readonly plan: RedemptionPlan | null
  /** Of a watch the newest thousand. */
  readonly batches: readonly SubmittedBatch[]
  /** Of a watch the newest thousand. */
  readonly ended: readonly EndedTicket[]
  readonly staying: readonly StayingTickets[]
  readonly totals: RedeemTotals
  /** What the gas account lacks for the batches that it could not pay for, in wei. */
  readonly missingGasWei: bigint
  /** Why it ended before everything that pays was redeemed. */
  readonly stopped: StopReason | null
}

export interface StopReason {
  readonly code: string
  readonly message: string
  readonly nextSteps: readonly string[]
}
