import type { Rate } from '../pricing/rate.ts'
import type { QuoteWarning } from './warnings.ts'
import type { JobTickets } from './tickets.ts'

/** What a job costs. */
export interface Quote {
  readonly job: string
  /** null: every model */
  readonly model: string | null
  /** So many sessions at once; all amounts are those of all of them. */
  readonly concurrency: bigint
  readonly price: {
    /** The price file's path, or `price` for the flag. */
    readonly from: string
    /** What one of it buys: `pixel`, `ms`, `second`. */
    readonly unit: string
    /** wei, as decimals or a fraction */
    readonly ownWei: string
    /** What the orchestrator tells the gateway. */
    readonly toldWei: string
  }
  readonly tickets: {
    /** of one, rounded down */
    readonly evWei: bigint
    readonly faceValueWei: bigint
    /** What decided the face value. */
    readonly boundBy: JobTickets['boundBy']
    /** of 2^256 - 1 */
    readonly winProb: bigint
    /** The part of a ticket's worth that redeeming it costs, in basis points rounded up: 100 is 1 %. */
    readonly overheadBasisPoints: bigint
    readonly payments: bigint
    readonly count: bigint
    /** In the largest payment. */
    readonly mostAtOnce: bigint
    /** On average, rounded to 9 decimals. */
    readonly winners: string
  }
  /** What the gateway's credit must cover: of transcoding 2 % more than it reckons with. */
  readonly gatewayReckons: QuoteAmount
  /** What the orchestrator takes. */
  readonly orchestratorTakes: QuoteAmount
  /** What winners pay on average, tickets · EV, to the nearest wei; the credit that is left at the end is in it. */
  readonly ticketsPay: QuoteMoney
  /** null: none was given or needed */
  readonly rate: Rate | null
  /** What was not said and is supposed. */
  readonly supposed: readonly string[]
  readonly warnings: readonly QuoteWarning[]
}

export interface QuoteAmount extends QuoteMoney {
  /** Rounded up. */
  readonly units: bigint
  readonly unit: string
}

export interface QuoteMoney {
  /** Rounded up, unless said. */
  readonly wei: bigint
  /** Decimals of ETH, exactly the wei. */
  readonly eth: string
  /** In the rate's currency, rounded to 6 decimals; null without a rate. */
  readonly money: string | null
}
