import type { Address, Hex } from 'viem'

/** What the planner has to know of a ticket. The contract accepts it: signature, win and hash are not its affair. */
export interface PlanTicket {
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValue: bigint
  readonly creationRound: bigint
}

export interface SenderFunds {
  readonly depositWei: bigint
  /** 0n: not unlocking */
  readonly withdrawRound: bigint
}

export interface RecipientState {
  /** Whether it is in the active set: only then its part of a reserve can be claimed. */
  readonly active: boolean
  /** Whether it has been paid in this round already: the first payment of a round costs more gas. */
  readonly paidThisRound: boolean
}

/** The chain as one block shows it. Addresses are lower case in keys. */
export interface PlanChain {
  readonly currentRound: bigint
  readonly ticketValidityPeriod: bigint
  readonly senders: ReadonlyMap<string, SenderFunds>
  readonly recipients: ReadonlyMap<string, RecipientState>
  /** TicketBroker.claimableReserve, by `claimableKey(sender, recipient)`. */
  readonly claimable: ReadonlyMap<string, bigint>
}

export interface GasPrice {
  /** wei a gas, what a transaction is expected to pay */
  readonly executionWei: bigint
  /** gas that Arbitrum adds for the calldata of one ticket; 0n where there is none */
  readonly dataGasPerTicket: bigint
}

export interface PlanOptions {
  /** Tickets of less stay where they are. */
  readonly minPayoutWei: bigint
  /** The most that gas may take of a payout, e.g. 1n/2n; tickets that expire in this round only have to pay. */
  readonly maxGasShare: { readonly numerator: bigint; readonly denominator: bigint }
  /** Whether a ticket may be spent for less than its face value. */
  readonly includePartial: boolean
  readonly maxTicketsPerBatch: number
  readonly maxGasPerBatch: bigint
}

export interface PlannedTicket {
  readonly hash: Hex
  readonly sender: Address
  readonly recipient: Address
  readonly faceValueWei: bigint
  /** What the contract will pay: the face value, or less when partial payouts are wanted. */
  readonly payoutWei: bigint
}

/** The tickets of one transaction, in the order in which the contract goes through them. */
export interface Batch {
  readonly tickets: readonly PlannedTicket[]
  readonly faceValueWei: bigint
  readonly payoutWei: bigint
  /** Modelled; the transaction's gas limit comes from a simulation. */
  readonly gas: bigint
  readonly gasCostWei: bigint
  /** (payout - gas cost) / face value, in basis points, rounded down. */
  readonly efficiencyBasisPoints: bigint
}

export type LeftCode =
  | 'expired'
  | 'senderUnlocked'
  | 'recipientInactive'
  | 'depositShort'
  | 'belowMinPayout'
  | 'gasAbovePayout'
  | 'gasShare'

/** When it is worth looking again; absent when only time can tell. */
export interface LookAgain {
  /** At a gas price of at most this many wei. */
  readonly gasPriceWei?: bigint
  /** With this many more tickets like it. */
  readonly moreTickets?: number
  /** When the sender's deposit has grown by this much. */
  readonly depositWei?: bigint
}

/** A ticket that the plan leaves out. Only `expired` is an end. */
export interface LeftTicket {
  readonly hash: Hex
  readonly sender: Address
  readonly faceValueWei: bigint
  readonly code: LeftCode
  /** One clause, with what would change it. */
  readonly reason: string
  readonly lookAgain: LookAgain
}

export interface RedemptionPlan {
  readonly batches: readonly Batch[]
  readonly left: readonly LeftTicket[]
  readonly faceValueWei: bigint
  readonly payoutWei: bigint
  readonly gas: bigint
  readonly gasCostWei: bigint
}
