import { formatRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Bounds } from '../probability/compound.ts'
import { ratioToNumber } from '../probability/ratio-to-number.ts'
import { spendPerHour } from '../simulation/workload.ts'
import type { TicketClass } from '../simulation/workload.ts'

/** A workload as it was understood. */
export interface WorkloadReport {
  /** Rounded to a wei, as other means are. */
  readonly spendPerHourWei: bigint
  readonly classes: readonly {
    readonly name: string | null
    readonly spendPerHourWei: bigint
    readonly ticketEvWei: bigint
    readonly faceValueWei: bigint
    /** One ticket in so many wins. */
    readonly oneIn: number
    readonly ticketsPerHour: number
  }[]
}

export interface ProbabilityRange {
  readonly low: number
  readonly high: number
}

export interface AmountRange {
  readonly low: bigint
  readonly high: bigint
}

/** An amount that is left to chance. */
export interface SpreadReport {
  readonly meanWei: bigint
  readonly deviationWei: bigint
  readonly quantiles: readonly { readonly probability: number; readonly wei: AmountRange }[]
}

export function describeWorkload(classes: readonly TicketClass[]): WorkloadReport {
  return {
    spendPerHourWei: roundWei(spendPerHour(classes)),
    classes: classes.map((each) => ({
      name: each.name ?? null,
      spendPerHourWei: roundWei(each.spendPerHourWei),
      ticketEvWei: roundWei(each.ticketEvWei),
      faceValueWei: each.faceValueWei,
      oneIn: ratioToNumber(each.winProbability.denominator, each.winProbability.numerator),
      ticketsPerHour: toNumber(each.ticketsPerHour),
    })),
  }
}

/** To the nearest wei. */
export function roundWei(wei: Rational): bigint {
  return BigInt(formatRational(wei, 0))
}

/** To the nearest basis point; 100 is 1 %. */
export function basisPoints(part: Rational): bigint {
  return roundWei(multiplyRational(part, rational(10_000n)))
}

export function toNumber({ numerator, denominator }: Rational): number {
  return ratioToNumber(numerator, denominator)
}

export function rangeOf<Value>({ low, high }: Bounds<Value>): { readonly low: Value; readonly high: Value } {
  return { low, high }
}
