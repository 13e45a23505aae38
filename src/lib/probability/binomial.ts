import { UsageError } from '../errors.ts'
import { floorRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { countDistribution } from './count-distribution.ts'
import type { CountDistribution, CountKernel } from './count-distribution.ts'
import { ratioToNumber } from './ratio-to-number.ts'
import { deviance, linearMinusDecay, linearMinusLog, stirlingError } from './special.ts'
import { integrateDecay } from './tail-integral.ts'

/** More tickets than there will ever be; beyond, a double could not hold what comes of them. */
const mostTrials = 10n ** 60n

/**
 * The number of winners among so many tickets. Any number of tickets up to 1e60 takes the same few microseconds: pmf by
 * Loader's saddle-point formula, tails as pmf times an integral (the incomplete beta function's, from its endpoint).
 * What would cancel, count - trials · probability, is taken exactly.
 *
 * @throws {UsageError} TRIALS_INVALID, PROBABILITY_INVALID
 */
export function binomial(trials: bigint, probability: Rational): CountDistribution {
  if (trials < 0n || trials > mostTrials) {
    throw new UsageError('TRIALS_INVALID', 'the number of tickets must be from 0 to 1e60', {
      details: { trials },
    })
  }
  const { numerator, denominator } = rational(probability.numerator, probability.denominator)
  if (numerator < 0n || numerator > denominator) {
    throw new UsageError('PROBABILITY_INVALID', 'a probability is from 0 to 1')
  }
  if (trials === 0n || numerator === 0n) return certain(0n)
  if (numerator === denominator) return certain(trials)
  const hit: Side = { p: ratioToNumber(numerator, denominator), ...oddsOf(numerator, denominator) }
  const miss: Side = {
    p: ratioToNumber(denominator - numerator, denominator),
    ...oddsOf(denominator - numerator, denominator),
  }
  const n = Number(trials)
  const mean = ratioToNumber(trials * numerator, denominator)
  const rest = ratioToNumber(trials * (denominator - numerator), denominator)
  /** count - mean */
  const excessOf = (count: bigint) => ratioToNumber(count * denominator - trials * numerator, denominator)

  function logPmf(count: bigint): number {
    if (count === 0n) return n * miss.log
    if (count === trials) return n * hit.log
    const [k, l, excess] = [Number(count), Number(trials - count), excessOf(count)]
    const correction = stirlingError(n) - stirlingError(k) - stirlingError(l)
    const exponent = deviance(k, mean, excess) + deviance(l, rest, -excess)
    return correction - exponent - 0.5 * Math.log(2 * Math.PI * k * (l / n))
  }

  return countDistribution({
    mean,
    deviation: Math.sqrt(mean * miss.p),
    middle: floorRational({ numerator: trials * numerator, denominator }),
    greatest: trials,
    logPmf,
    ratio: (count) => (Number(trials - count) / Number(count + 1n)) * hit.odds,
    logLower: (count) =>
      logPmf(count) + logTailOverPmf(Number(trials - count), Number(count), -excessOf(count), miss),
    logUpper: (count) =>
      logPmf(count) + logTailOverPmf(Number(count), Number(trials - count), excessOf(count), hit),
  })
}

/** One of the two ends of a ticket. */
interface Side {
  readonly p: number
  readonly log: number
  /** p / (1 - p) */
  readonly odds: number
  /** 1 - p */
  readonly q: number
}

function oddsOf(numerator: bigint, denominator: bigint): Omit<Side, 'p'> {
  const q = ratioToNumber(denominator - numerator, denominator)
  const p = ratioToNumber(numerator, denominator)
  return {
    q,
    odds: ratioToNumber(numerator, denominator - numerator),
    log: p < 0.5 ? Math.log(p) : Math.log1p(-q),
  }
}

/**
 * log(P(X >= count) / P(X = count)). P(X >= k) is k C(n, k) times the integral of t^(k-1) (1 - t)^(n-k) to p; with
 * t = p exp(-u) the ratio is k times an integral that begins at 1.
 *
 * @param count of the side, with its `excess` over its mean of zero or more
 * @param others the other tickets
 */
function logTailOverPmf(count: number, others: number, excess: number, { q, odds }: Side): number {
  if (others === 0) return 0
  const [linear, curve] = [excess / q, others * odds]
  const exponent = (u: number) =>
    linear * u + curve * linearMinusDecay(u) + others * linearMinusLog(-odds * Math.expm1(-u))
  return Math.log(count * integrateDecay(exponent, count))
}

function certain(count: bigint): CountDistribution {
  const at = (other: bigint) => (other === count ? 0 : -Infinity)
  const kernel: CountKernel = {
    mean: Number(count),
    deviation: 0,
    middle: count,
    greatest: count,
    logPmf: at,
    ratio: () => 0,
    logLower: at,
    logUpper: at,
  }
  return countDistribution(kernel)
}
