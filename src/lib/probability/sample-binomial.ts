import { UsageError } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { RandomSource } from './random-source.ts'
import { ratioToNumber } from './ratio-to-number.ts'
import { deviance, stirlingError } from './special.ts'

/** Draws one number of winners. */
export type CountSampler = (random: RandomSource) => number

/** From this mean on, rejection is quicker than inversion. */
const rejectionFrom = 10

/**
 * A sampler of the number of winners among so many tickets: a whole number, without a loop over the tickets. Exact
 * methods, as far as doubles go: inversion for small means (Kachitvichyanukul and Schmeiser's BINV) and Hörmann's
 * transformed rejection BTRS, "The generation of binomial random variates" (1993), for the rest, which compares with
 * Loader's formula so that 1e18 tickets cost no digits.
 *
 * @throws {UsageError} TRIALS_INVALID for more winners than a double counts, PROBABILITY_INVALID
 */
export function binomialSampler(trials: bigint, probability: Rational): CountSampler {
  const { numerator, denominator } = rational(probability.numerator, probability.denominator)
  if (numerator < 0n || numerator > denominator) {
    throw new UsageError('PROBABILITY_INVALID', 'a probability is from 0 to 1')
  }
  // The rarer end of a ticket is counted.
  const isRare = 2n * numerator <= denominator
  const rare = isRare ? numerator : denominator - numerator
  const n = Number(trials)
  const mean = ratioToNumber(trials * rare, denominator)
  const isCountable = isRare ? mean < 2 ** 52 : trials <= BigInt(Number.MAX_SAFE_INTEGER)
  if (trials < 0n || !isCountable) {
    throw new UsageError('TRIALS_INVALID', 'so many winners cannot be drawn', { details: { trials } })
  }
  const p = ratioToNumber(rare, denominator)
  const draw = mean === 0 ? () => 0 : mean < rejectionFrom ? inversion(n, p) : rejection(n, p, mean)
  return isRare ? draw : (random) => n - draw(random)
}

/** Walks up from 0 until the distribution function passes a random number. */
function inversion(n: number, p: number): CountSampler {
  const odds = p / (1 - p)
  const none = Math.exp(n * Math.log1p(-p))
  return (random) => {
    let [rest, mass, count] = [random.next(), none, 0]
    while (rest > mass && count < n) {
      rest -= mass
      count++
      mass *= ((n - count + 1) / count) * odds
      // Beyond what doubles tell from nothing.
      if (mass < 1e-300) break
    }
    return count
  }
}

function rejection(n: number, p: number, mean: number): CountSampler {
  const q = 1 - p
  const spread = Math.sqrt(mean * q)
  const b = 1.15 + 2.53 * spread
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const centre = mean + 0.5
  const squeeze = 0.92 - 4.2 / b
  const alpha = (2.83 + 5.1 / b) * spread
  const rest = n * q
  const mode = Math.floor((n + 1) * p)

  const edge = 0.5 * Math.log(2 * Math.PI) - stirlingError(n)

  /** log pmf but for what does not depend on the count. */
  function height(count: number): number {
    const others = n - count
    if (count === 0) return n * Math.log1p(-p) + edge
    if (others === 0) return n * Math.log(p) + edge
    const exponent = deviance(count, mean, count - mean) + deviance(others, rest, mean - count)
    return -exponent - stirlingError(count) - stirlingError(others) - 0.5 * Math.log((count / n) * others)
  }
  const top = height(mode)

  return (random) => {
    for (;;) {
      const u = random.next() - 0.5
      const v = random.next()
      const us = 0.5 - Math.abs(u)
      const count = Math.floor(((2 * a) / us + b) * u + centre)
      if (us >= 0.07 && v <= squeeze) return count
      if (count < 0 || count > n) continue
      if (Math.log((v * alpha) / (a / (us * us) + b)) <= height(count) - top) return count
    }
  }
}
