import { UsageError } from '../errors.ts'
import { floorRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { countDistribution } from './count-distribution.ts'
import type { CountDistribution } from './count-distribution.ts'
import { ratioToNumber } from './ratio-to-number.ts'
import { deviance, linearMinusDecay, linearMinusLog, stirlingError } from './special.ts'
import { integrateDecay } from './tail-integral.ts'

const greatestMean = 10n ** 60n

/**
 * The number of winners when only their mean is known: the binomial's limit for many tickets that hardly ever win. Made
 * as `binomial` is, from the incomplete gamma function's integrals.
 *
 * @param mean from 0 to 1e60
 * @throws {UsageError} MEAN_INVALID
 */
export function poisson(mean: Rational): CountDistribution {
  const { numerator, denominator } = rational(mean.numerator, mean.denominator)
  if (numerator < 0n || numerator > greatestMean * denominator) {
    throw new UsageError('MEAN_INVALID', 'a mean number of winners is from 0 to 1e60')
  }
  const lambda = ratioToNumber(numerator, denominator)
  const excessOf = (count: bigint) => ratioToNumber(count * denominator - numerator, denominator)

  function logPmf(count: bigint): number {
    if (count === 0n) return -lambda
    if (lambda === 0) return -Infinity
    const k = Number(count)
    return -stirlingError(k) - deviance(k, lambda, excessOf(count)) - 0.5 * Math.log(2 * Math.PI * k)
  }

  return countDistribution({
    mean: lambda,
    deviation: Math.sqrt(lambda),
    middle: floorRational({ numerator, denominator }),
    logPmf,
    ratio: (count) => lambda / Number(count + 1n),
    // P(X <= k) / pmf is the integral of (1 + s / mean)^k exp(-s).
    logLower(count) {
      if (count === 0n) return -lambda
      const [k, linear] = [Number(count), -excessOf(count) / lambda]
      return logPmf(count) + Math.log(integrateDecay((s) => linear * s + k * linearMinusLog(s / lambda), 1))
    },
    // P(X >= k) / pmf is k times the integral of exp(-k u + mean (1 - exp(-u))).
    logUpper(count) {
      if (lambda === 0) return -Infinity
      const [k, excess] = [Number(count), excessOf(count)]
      return logPmf(count) + Math.log(k * integrateDecay((u) => excess * u + lambda * linearMinusDecay(u), k))
    },
  })
}
