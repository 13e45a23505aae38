import { UsageError } from '../errors.ts'
import { binomial } from './binomial.ts'
import { ratioOfNumber } from './ratio-of-number.ts'

/** Where a probability lies, by a number of trials; `confidence` as 0.99. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly confidence: number
}

/**
 * The interval of Clopper and Pearson for a probability of which so many of the trials were hits: it holds the truth at
 * least as often as its confidence says, whatever the truth.
 *
 * @param confidence between 0 and 1
 * @throws {UsageError} INTERVAL_INVALID
 */
export function clopperPearson(hits: number, trials: number, confidence: number): Interval {
  const isValid = Number.isSafeInteger(hits) && Number.isSafeInteger(trials) && trials > 0 && hits >= 0
  if (!isValid || hits > trials || !(confidence > 0 && confidence < 1)) {
    throw new UsageError('INTERVAL_INVALID', 'an interval needs trials, hits among them and a confidence')
  }
  const side = (1 - confidence) / 2
  const [n, k] = [BigInt(trials), BigInt(hits)]
  return {
    low: hits === 0 ? 0 : bisect((p) => binomial(n, ratioOfNumber(p)).survival(k - 1n) < side).low,
    high: hits === trials ? 1 : bisect((p) => binomial(n, ratioOfNumber(p)).cdf(k) >= side).high,
    confidence,
  }
}

/** Between what numbers a condition ends that holds for small probabilities. */
function bisect(holds: (probability: number) => boolean): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 1]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return { low, high }
}
