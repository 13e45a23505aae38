import { UsageError } from '../errors.ts'
import { multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Bounds } from '../probability/compound.ts'
import { ratioToNumber } from '../probability/ratio-to-number.ts'
import { mergeKinds, winnersWithin } from './winners.ts'
import { checkHorizon, spendPerHour } from './workload.ts'
import type { TicketClass } from './workload.ts'

export interface DepositRequest {
  readonly classes: readonly TicketClass[]
  /** from 1 to 8,766,000, which is 1,000 years */
  readonly hours: bigint
  /** The probability that the deposit may run dry, above 0 and below 1. */
  readonly risk: number
  /** The gateway's setting; go-livepeer's 1 when absent. */
  readonly depositMultiplier?: bigint
}

export interface DepositSize {
  readonly hours: bigint
  readonly risk: number
  /** What is spent on average. */
  readonly meanWei: Rational
  /** The standard deviation of what is spent, rounded to a wei. */
  readonly deviationWei: bigint
  /** On average. */
  readonly winners: number
  /** The deposit that pays every winner but for the risk: a quantile of what winners add up to. */
  readonly depositWei: bigint
  /** By how much the deposit may be greater than it must, as mixed face values are rounded up; 0n when exact. */
  readonly errorWei: bigint
  /** The probability that winners are worth more than the deposit. */
  readonly dryProbability: Bounds<number>
  /**
   * The deposit with which go-livepeer's gateway does not stop either: it sends no ticket of a face value above
   * deposit / depositMultiplier, so that much must be left after the last winner.
   */
  readonly gatewayDepositWei: bigint
}

/**
 * How much must be deposited for a horizon at a risk: face value · the quantile of the winners (spec "Consequences worth
 * showing to an operator"), not the spend.
 *
 * @throws {UsageError} RISK_INVALID, HORIZON_INVALID
 */
export function sizeDeposit({ classes, hours, risk, depositMultiplier = 1n }: DepositRequest): DepositSize {
  checkHorizon(hours)
  checkRisk(risk)
  const winners = winnersWithin(classes, hours)
  const { high: depositWei } = winners.upperQuantile(risk)
  const dearest = classes.reduce((most, { faceValueWei }) => (faceValueWei > most ? faceValueWei : most), 0n)
  return {
    hours,
    risk,
    meanWei: multiplyRational(spendPerHour(classes), rational(hours)),
    deviationWei: BigInt(Math.round(winners.deviation)),
    winners: mergeKinds(classes).reduce((sum, kind) => sum + meanWinners(kind, hours), 0),
    depositWei,
    errorWei: winners.error,
    dryProbability: winners.survival(depositWei),
    gatewayDepositWei: depositWei + dearest * depositMultiplier,
  }
}

/** @throws {UsageError} RISK_INVALID */
export function checkRisk(risk: number): void {
  if (risk > 0 && risk < 1) return
  throw new UsageError('RISK_INVALID', 'a risk is above 0 and below 100 %', {
    details: { risk: Number.isNaN(risk) ? 'NaN' : risk },
    nextSteps: ['no deposit is safe from every ticket winning: choose a small risk, such as 0.1%'],
  })
}

function meanWinners({ ticketsPerHour, winProbability }: TicketClass, hours: bigint): number {
  const { numerator, denominator } = multiplyRational(ticketsPerHour, winProbability)
  return ratioToNumber(numerator * hours, denominator)
}
