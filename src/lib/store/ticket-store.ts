import type { Address, Hex } from 'viem'

import type { SignedTicket } from '../pm/ticket.ts'

/**
 * pending: may be redeemed, now or later. submitted: part of a submission whose fate is not known. redeemed: mined,
 * fewer than N confirmations. The others are ends: final (redeemed for good), usedElsewhere (another transaction
 * redeemed it), expired, invalid, forgotten (by the user).
 */
export type TicketState =
  'pending' | 'submitted' | 'redeemed' | 'final' | 'usedElsewhere' | 'expired' | 'invalid' | 'forgotten'

export interface NewTicket {
  /** The ticket hash: its identity. */
  readonly hash: Hex
  readonly ticket: SignedTicket
}

export interface StoredTicket extends NewTicket {
  readonly state: TicketState
  /** Why it is where it is, in one clause; of a pending ticket: why it was not redeemed at the last look. */
  readonly reason?: string
  /** What the recipient was credited, from WinningTicketTransfer. */
  readonly paidWei?: bigint
  /** The transaction that redeemed it. */
  readonly transactionHash?: Hex
  /** Its part of the fees of all transactions made for it, whether they redeemed it or not. */
  readonly feeWei: bigint
  /** ISO 8601 */
  readonly addedAt: string
}

export interface TicketFilter {
  readonly states?: readonly TicketState[]
  readonly sender?: Address
  readonly recipient?: Address
  readonly creationRound?: bigint
  /** The beginning of the hash. */
  readonly hashPrefix?: Hex
  readonly limit?: number
}

/** A ticket that has come to a new state, or stays pending for a reason. */
export interface Outcome {
  readonly hash: Hex
  readonly state: Exclude<TicketState, 'submitted'>
  readonly reason?: string
  readonly paidWei?: bigint
  readonly transactionHash?: Hex
}

export interface SignedBytes {
  readonly hash: Hex
  readonly signed: Hex
}

/**
 * The tickets of one transaction, on their way to the chain. claimed: taken, nothing is signed; signed: bytes exist and
 * may have been sent; mined: in a block, fewer than N confirmations.
 */
export interface Submission {
  readonly id: string
  readonly state: 'claimed' | 'signed' | 'mined'
  /** Who pays the gas. */
  readonly account: Address
  /** The redeemer, for people: host and process. */
  readonly holder: string
  readonly nonce?: number
  /** Every set of signed bytes made for it; at most one is ever mined. */
  readonly attempts: readonly SignedBytes[]
  readonly tickets: readonly Hex[]
  /** Milliseconds since its claim was made or renewed, by the store's clock. */
  readonly ageMs: number
}

export interface SenderTotals {
  readonly sender: Address
  /** Pending without and with a recorded reason. */
  readonly pending: Total
  readonly deferred: Total
  readonly submitted: Total
  /** Mined and final. */
  readonly redeemed: Total & { readonly paidWei: bigint }
  readonly usedElsewhere: Total
  readonly expired: Total
  readonly rejected: Total
  readonly forgotten: Total
  readonly feeWei: bigint
}

export interface Total {
  readonly tickets: number
  readonly faceValueWei: bigint
}

/**
 * Winning tickets and what became of them, on SQLite or PostgreSQL. Every write is one transaction and durable when it
 * resolves. Several processes, on PostgreSQL several machines, may use one store at once.
 */
export interface TicketStore {
  /** Where it is, without a password: for people. */
  readonly location: string

  /** @returns how many were new; a ticket that the store knows stays as it is, whatever its state */
  add(tickets: readonly NewTicket[]): Promise<number>
  get(hash: Hex): Promise<StoredTicket | undefined>
  /** By creation round, then hash; in flat memory. */
  list(filter?: TicketFilter): AsyncIterable<StoredTicket>
  /** By sender, the largest pending face value first. */
  totals(): Promise<SenderTotals[]>

  /** Records how tickets ended or why they wait. Tickets of an open submission are left as they are. */
  record(outcomes: readonly Outcome[]): Promise<void>

  /**
   * Ties the store to a chain at the first call.
   *
   * @throws {ConfigurationError} STORE_OF_OTHER_CHAIN
   */
  requireChain(chainKey: string): Promise<void>

  /**
   * Takes pending tickets for one submission: all of them or, when another redeemer has taken one or one is pending no
   * more, none.
   */
  claim(claim: {
    readonly id: string
    readonly account: Address
    readonly holder: string
    readonly tickets: readonly Hex[]
  }): Promise<boolean>
  /**
   * Records signed bytes before anything is sent.
   *
   * @returns false when the claim was given up meanwhile: then nothing may be sent
   */
  recordAttempt(id: string, nonce: number, attempt: SignedBytes): Promise<boolean>
  /** Frees the tickets of a claim for which nothing was signed; does nothing once something was. */
  giveUpClaim(id: string): Promise<boolean>
  submissions(): Promise<Submission[]>
  /** Mined: its tickets become redeemed, or stay submitted without an outcome. */
  recordMined(id: string, redeemed: readonly Outcome[]): Promise<void>
  /** A reorganisation took it out of the chain: its tickets are submitted again. */
  takeBack(id: string): Promise<void>
  /**
   * Ends a submission. Tickets without an outcome are pending again. The fee is shared out among its tickets, to the
   * last wei.
   */
  closeSubmission(id: string, outcomes: readonly Outcome[], feeWei: bigint): Promise<void>

  close(): Promise<void>
}
