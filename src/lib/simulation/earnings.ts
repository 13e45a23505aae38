import type { Rational } from '../pm/rational.ts'
import { addRational, multiplyRational, rational } from '../pm/rational.ts'
import { binomial } from '../probability/binomial.ts'
import { compound } from '../probability/compound.ts'
import type { Bounds, CompoundDistribution } from '../probability/compound.ts'
import { ratioToNumber } from '../probability/ratio-to-number.ts'
import { redemptionCost } from './redemption-cost.ts'
import type { RedemptionTerms } from './redemption-cost.ts'
import { checkRisk } from './size-deposit.ts'
import { mergeKinds, winnersWithin } from './winners.ts'
import { checkHorizon, longestHorizonHours, spendPerHour, ticketsWithin } from './workload.ts'
import type { TicketClass } from './workload.ts'

export interface EarningsRequest {
  /** What the orchestrator is sent. */
  readonly classes: readonly TicketClass[]
  readonly hours: bigint
  readonly redemption: RedemptionTerms
  /** 0.05, 0.5 and 0.95 when absent. */
  readonly probabilities?: readonly number[]
}

/** An amount that is left to chance. */
export interface Spread {
  readonly meanWei: Rational
  /** standard deviation, rounded to a wei */
  readonly deviationWei: bigint
  /** The least amount that is not exceeded with a probability. */
  readonly quantiles: readonly { readonly probability: number; readonly wei: Bounds<bigint> }[]
}

export interface Earnings {
  readonly hours: bigint
  /** What winners pay, if the senders' funds suffice. */
  readonly income: Spread
  /** The same less what redeeming costs; winners that cost more than they pay are not redeemed. */
  readonly net: Spread
  readonly winners: { readonly mean: number; readonly deviation: number }
  /** wei a ticket: in a transaction of its own, and in batches */
  readonly redemptionAloneWei: bigint
  readonly redemptionInBatchWei: bigint
  /** The mean income that redeeming in batches takes, in parts of it; more than 1 when nothing is worth redeeming. */
  readonly costShare: number
  /** Classes whose tickets cost more to redeem than they pay. */
  readonly notWorthRedeeming: readonly TicketClass[]
  /** The probability that a week has no winner. */
  readonly dryWeekProbability: number
  /** The probability that the horizon has none. */
  readonly nothingProbability: number
  readonly firstWin: {
    /** hours */
    readonly mean: number
    /** The first hour by whose end there was a winner, with a probability; undefined beyond 1,000 years. */
    readonly quantiles: readonly { readonly probability: number; readonly hours: bigint | undefined }[]
  }
}

const week = 168n

/**
 * What an orchestrator earns by a workload.
 *
 * @throws {UsageError} HORIZON_INVALID, RISK_INVALID, BATCH_SIZE_INVALID, GAS_PRICE_INVALID
 */
export function earnings(request: EarningsRequest): Earnings {
  const { classes, redemption, probabilities = [0.05, 0.5, 0.95] } = request
  const hours = checkHorizon(request.hours)
  probabilities.forEach(checkRisk)
  const kinds = mergeKinds(classes)
  const inBatch = redemptionCost(redemption)
  const worthwhile = kinds.filter(({ faceValueWei }) => faceValueWei > inBatch)
  const counts = kinds.map((kind) => binomial(ticketsWithin(kind, hours), kind.winProbability))
  const net = netWithin(classes, hours, inBatch)
  const meanIncome = multiplyRational(spendPerHour(classes), rational(hours))
  const winning = kinds.map((kind) => multiplyRational(winnersPerHour(kind), rational(hours)))
  const cost = winning.reduce(
    (sum, count) => addRational(sum, multiplyRational(count, rational(inBatch))),
    rational(0n),
  )
  return {
    hours,
    income: spreadOf(winnersWithin(classes, hours), meanIncome, probabilities),
    net: spreadOf(net, meanNet(worthwhile, inBatch, hours), probabilities),
    winners: {
      mean: winning.reduce((sum, count) => sum + toNumber(count), 0),
      deviation: Math.hypot(...counts.map(({ deviation }) => deviation)),
    },
    redemptionAloneWei: redemptionCost({ ...redemption, batchSize: 1n }),
    redemptionInBatchWei: inBatch,
    costShare: toNumber(cost) / toNumber(meanIncome),
    notWorthRedeeming: kinds.filter((kind) => !worthwhile.includes(kind)),
    dryWeekProbability: Math.exp(logNothing(kinds, week)),
    nothingProbability: Math.exp(logNothing(kinds, hours)),
    firstWin: {
      mean: 1 / kinds.reduce((sum, kind) => sum + toNumber(winnersPerHour(kind)), 0),
      quantiles: probabilities.map((probability) => ({
        probability,
        hours: hoursToFirstWin(kinds, probability),
      })),
    },
  }
}

/** What the winners of the first so many hours add up to, less what redeeming each costs; others are left out. */
export function netWithin(
  classes: readonly TicketClass[],
  hours: bigint,
  redemptionWei: bigint,
): CompoundDistribution {
  const worthwhile = mergeKinds(classes).filter(({ faceValueWei }) => faceValueWei > redemptionWei)
  return compound(
    worthwhile.map((kind) => ({
      amount: kind.faceValueWei - redemptionWei,
      count: binomial(ticketsWithin(kind, hours), kind.winProbability),
    })),
  )
}

const toNumber = ({ numerator, denominator }: Rational) => ratioToNumber(numerator, denominator)

function winnersPerHour({ ticketsPerHour, winProbability }: TicketClass): Rational {
  return multiplyRational(ticketsPerHour, winProbability)
}

function meanNet(kinds: readonly TicketClass[], costWei: bigint, hours: bigint): Rational {
  return kinds.reduce((sum, kind) => {
    const each = multiplyRational(winnersPerHour(kind), rational((kind.faceValueWei - costWei) * hours))
    return addRational(sum, each)
  }, rational(0n))
}

function spreadOf(sums: CompoundDistribution, meanWei: Rational, probabilities: readonly number[]): Spread {
  return {
    meanWei,
    deviationWei: BigInt(Math.round(sums.deviation)),
    quantiles: probabilities.map((probability) => ({ probability, wei: sums.quantile(probability) })),
  }
}

/** log P(no winner in the first so many hours) */
function logNothing(kinds: readonly TicketClass[], hours: bigint): number {
  return kinds.reduce(
    (sum, kind) => sum + binomial(ticketsWithin(kind, hours), kind.winProbability).logPmf(0n),
    0,
  )
}

function hoursToFirstWin(kinds: readonly TicketClass[], probability: number): bigint | undefined {
  const wanted = Math.log1p(-probability)
  if (logNothing(kinds, longestHorizonHours) > wanted) return undefined
  let [low, high] = [0n, longestHorizonHours]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (logNothing(kinds, middle) <= wanted) high = middle
    else low = middle
  }
  return high
}
