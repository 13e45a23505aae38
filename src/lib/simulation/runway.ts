import { UsageError } from '../errors.ts'
import { divideRational, rational } from '../pm/rational.ts'
import type { Bounds } from '../probability/compound.ts'
import { ratioToNumber } from '../probability/ratio-to-number.ts'
import { checkRisk } from './size-deposit.ts'
import { mergeKinds, winnersWithin } from './winners.ts'
import { checkHorizon, longestHorizonHours, spendPerHour } from './workload.ts'
import type { TicketClass } from './workload.ts'

export interface RunwayRequest {
  readonly classes: readonly TicketClass[]
  readonly depositWei: bigint
  /**
   * The deposit below which it counts as dry; 0n when absent, so that it is dry when a winner cannot be paid whole. With
   * depositMultiplier · faceValue it is dry when go-livepeer's gateway stops.
   */
  readonly floorWei?: bigint
  /** The probability of running dry at which to top up. */
  readonly risk: number
  /** How far the curve goes. */
  readonly hours: bigint
  /** Of the time to empty; 0.05, 0.5 and 0.95 when absent. */
  readonly probabilities?: readonly number[]
}

export interface Runway {
  /** The probability of being dry by an hour, for at most 241 hours from 0 to the horizon, fewer for mixed face values. */
  readonly curve: readonly { readonly hour: bigint; readonly dry: Bounds<number> }[]
  /** Hours until it is dry, on average: (what can be spent + what the last winner lacks of it) / spend an hour. */
  readonly expectedHours: Bounds<number>
  /** By which hour it is dry with a probability; undefined when that is more than 1,000 years away. */
  readonly quantiles: readonly { readonly probability: number; readonly hours: Bounds<bigint | undefined> }[]
  /** The last hour by which the probability of being dry is not above the risk; undefined beyond 1,000 years. */
  readonly topUpByHour: bigint | undefined
}

const curvePoints = 240n
/** Each takes milliseconds for every kind of ticket. */
const mixedCurvePoints = 48n
/** For mixed face values: bounds of a few hundredths of a deviation, in milliseconds each. */
const cells = 1024

/**
 * How long a deposit lasts. Winners only ever take from it, so that it is dry by an hour when those before that hour
 * add up to more than it has: the same distribution as for sizing, read the other way.
 *
 * @throws {UsageError} HORIZON_INVALID, RISK_INVALID, DEPOSIT_INVALID
 */
export function runway(request: RunwayRequest): Runway {
  const { classes, risk, hours, floorWei = 0n, probabilities = [0.05, 0.5, 0.95] } = request
  checkHorizon(hours)
  checkRisk(risk)
  probabilities.forEach(checkRisk)
  if (request.depositWei < 0n || floorWei < 0n) {
    throw new UsageError('DEPOSIT_INVALID', 'a deposit is not below zero')
  }
  const spendable = request.depositWei - floorWei
  const dryBy = (hour: bigint): Bounds<number> =>
    spendable < 0n ? { low: 1, high: 1 } : winnersWithin(classes, hour, { cells }).survival(spendable)
  const points = mergeKinds(classes).length > 1 ? mixedCurvePoints : curvePoints
  const step = (hours + points - 1n) / points
  const curveHours = Array.from({ length: Number(hours / step) + 1 }, (_, index) => BigInt(index) * step)
  if (curveHours.at(-1) !== hours) curveHours.push(hours)
  const tooLate = leastHour((hour) => dryBy(hour).high > risk)
  return {
    curve: curveHours.map((hour) => ({ hour, dry: dryBy(hour) })),
    expectedHours: expectedHours(classes, spendable),
    quantiles: probabilities.map((probability) => ({
      probability,
      hours: {
        low: leastHour((hour) => dryBy(hour).high >= probability),
        high: leastHour((hour) => dryBy(hour).low >= probability),
      },
    })),
    topUpByHour: tooLate === undefined ? undefined : tooLate > 0n ? tooLate - 1n : 0n,
  }
}

/**
 * By Wald's identity the winners that empty it are worth spend · hours on average. For one face value they are worth
 * the least multiple of it that is above what can be spent; else that is all that is known to a face value.
 */
function expectedHours(classes: readonly TicketClass[], spendable: bigint): Bounds<number> {
  if (spendable < 0n) return { low: 0, high: 0 }
  const hoursOf = (wei: bigint) => {
    const { numerator, denominator } = divideRational(rational(wei), spendPerHour(classes))
    return ratioToNumber(numerator, denominator)
  }
  const faceValues = mergeKinds(classes).map(({ faceValueWei }) => faceValueWei)
  const [first = 0n] = faceValues
  if (faceValues.every((value) => value === first)) {
    const hours = hoursOf((spendable / first + 1n) * first)
    return { low: hours, high: hours }
  }
  const dearest = faceValues.reduce((most, value) => (value > most ? value : most), 0n)
  return { low: hoursOf(spendable), high: hoursOf(spendable + dearest) }
}

/** The first hour at which a condition holds that then holds for ever; undefined beyond the longest horizon. */
function leastHour(holds: (hour: bigint) => boolean): bigint | undefined {
  let [low, high] = [-1n, 1n]
  while (!holds(high)) {
    if (high === longestHorizonHours) return undefined
    low = high
    high = high * 2n < longestHorizonHours ? high * 2n : longestHorizonHours
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
