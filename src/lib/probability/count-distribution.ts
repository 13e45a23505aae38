import { UsageError } from '../errors.ts'

/**
 * How probable each number of winners is. Probabilities are floats with a relative error below 1e-10 wherever a double
 * can hold them, in both tails; where it cannot, take the logarithms, which are natural. Counts outside what is possible
 * have probability 0.
 */
export interface CountDistribution {
  readonly mean: number
  /** standard deviation */
  readonly deviation: number
  /** P(X = count) */
  pmf(count: bigint): number
  logPmf(count: bigint): number
  /** P(X = count) for each count from `first` to `last`, quicker than one by one. */
  masses(first: bigint, last: bigint): Float64Array
  /** P(X <= count) */
  cdf(count: bigint): number
  logCdf(count: bigint): number
  /** P(X > count) */
  survival(count: bigint): number
  logSurvival(count: bigint): number
  /**
   * The least count with P(X <= count) >= probability.
   *
   * @throws {UsageError} PROBABILITY_INVALID when it is not from 0 to 1; PROBABILITY_UNREACHABLE for 1 without a greatest
   */
  quantile(probability: number): bigint
  /** The least count with P(X > count) <= risk, exact for risks however small; throws as `quantile`. */
  upperQuantile(risk: number): bigint
}

/** The parts of which `countDistribution` makes a whole. The tails are asked only on their own side of the mean. */
export interface CountKernel {
  readonly mean: number
  readonly deviation: number
  /** The greatest whole number that is not above the mean. */
  readonly middle: bigint
  /** absent: there is none */
  readonly greatest?: bigint
  /** for 0 <= count <= greatest */
  readonly logPmf: (count: bigint) => number
  /** P(X = count + 1) / P(X = count) for 0 <= count < greatest */
  readonly ratio: (count: bigint) => number
  /** log P(X <= count) for 0 <= count <= mean */
  readonly logLower: (count: bigint) => number
  /** log P(X >= count) for mean < count <= greatest */
  readonly logUpper: (count: bigint) => number
}

export function countDistribution(kernel: CountKernel): CountDistribution {
  const { mean, deviation, middle, greatest, logPmf } = kernel
  const isAbove = (count: bigint) => greatest !== undefined && count >= greatest

  function logCdf(count: bigint): number {
    if (count < 0n) return -Infinity
    if (isAbove(count)) return 0
    return count <= middle ? kernel.logLower(count) : logOfRest(kernel.logUpper(count + 1n))
  }

  function logSurvival(count: bigint): number {
    if (count < 0n) return 0
    if (isAbove(count)) return -Infinity
    return count < middle ? logOfRest(kernel.logLower(count)) : kernel.logUpper(count + 1n)
  }

  const cdf = (count: bigint) => Math.exp(logCdf(count))
  const survival = (count: bigint) => Math.exp(logSurvival(count))

  function upperQuantile(risk: number): bigint {
    assertProbability(risk)
    if (risk === 0) return greatestOf(greatest)
    return leastWhere((count) => survival(count) <= risk, kernel)
  }

  const isPossible = (count: bigint) => count >= 0n && (greatest === undefined || count <= greatest)
  const pmf = (count: bigint) => (isPossible(count) ? Math.exp(logPmf(count)) : 0)

  function masses(first: bigint, last: bigint): Float64Array {
    const found = new Float64Array(Number(last - first) + 1)
    for (let index = 0, mass = 0; index < found.length; index++) {
      // Rounding adds up, so now and then it begins afresh; and where doubles have lost their digits.
      const isFresh = index % 256 === 0 || mass < 1e-290
      const count = first + BigInt(index)
      mass = isFresh ? pmf(count) : mass * kernel.ratio(count - 1n)
      found[index] = mass
    }
    return found
  }

  return {
    mean,
    deviation,
    pmf,
    logPmf: (count) => (isPossible(count) ? logPmf(count) : -Infinity),
    masses,
    cdf,
    logCdf,
    survival,
    logSurvival,
    upperQuantile,
    quantile(probability) {
      assertProbability(probability)
      // From a half on, 1 - probability is exact.
      if (probability >= 0.5) return upperQuantile(1 - probability)
      return leastWhere((count) => cdf(count) >= probability, kernel)
    },
  }
}

/** @throws {UsageError} PROBABILITY_INVALID */
export function assertProbability(value: number): void {
  if (value >= 0 && value <= 1) return
  throw new UsageError('PROBABILITY_INVALID', 'a probability is from 0 to 1', {
    details: { probability: Number.isNaN(value) ? 'NaN' : value },
  })
}

function greatestOf(greatest: bigint | undefined): bigint {
  if (greatest !== undefined) return greatest
  throw new UsageError('PROBABILITY_UNREACHABLE', 'no number of winners is certain to be enough', {
    nextSteps: ['choose a risk above zero, such as 0.1%'],
  })
}

/** log(1 - exp(value)), for a probability that is not near 1. */
function logOfRest(value: number): number {
  return Math.log1p(-Math.exp(value))
}

/** The least count for which a condition holds that, once it holds, holds for every greater count. */
function leastWhere(holds: (count: bigint) => boolean, { middle, deviation, greatest }: CountKernel): bigint {
  let step = BigInt(Math.ceil(deviation)) + 1n
  let [low, high] = [middle, middle]
  if (holds(middle)) {
    while (low >= 0n && holds(low)) {
      ;[high, low] = [low, low - step]
      step *= 2n
    }
    if (low < -1n) low = -1n
  } else {
    while (!holds(high)) {
      low = high
      high += step
      step *= 2n
      if (greatest !== undefined && high >= greatest) {
        high = greatest
        break
      }
    }
  }
  while (high - low > 1n) {
    const between = (low + high) / 2n
    if (holds(between)) high = between
    else low = between
  }
  return high
}
