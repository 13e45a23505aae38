import { UsageError } from '../errors.ts'
import { floorRational } from '../pm/rational.ts'
import { assertProbability } from './count-distribution.ts'
import type { CountDistribution } from './count-distribution.ts'
import { convolve, cumulate, cutOff, latticeOf, spread } from './lattice.ts'

/** So many winners, each of one amount. */
export interface CompoundPart {
  /** wei, or whatever is added up; more than zero */
  readonly amount: bigint
  readonly count: CountDistribution
}

/** Two bounds that hold the truth; equal when it is known exactly. */
export interface Bounds<T> {
  readonly low: T
  readonly high: T
}

/** What winners of one or more amounts add up to. Amounts are exact, or between bounds that are at most `error` apart. */
export interface CompoundDistribution {
  readonly mean: number
  readonly deviation: number
  /** How far the bounds of a quantile lie apart: 0n when everything is exact. */
  readonly error: bigint
  /** P(sum > amount) */
  survival(amount: bigint): Bounds<number>
  /** P(sum <= amount) */
  cdf(amount: bigint): Bounds<number>
  /**
   * The least amount with P(sum > amount) <= risk; `high` is sure to be enough.
   *
   * @throws {UsageError} PROBABILITY_INVALID, PROBABILITY_UNREACHABLE
   */
  upperQuantile(risk: number): Bounds<bigint>
  /** The least amount with P(sum <= amount) >= probability; throws as `upperQuantile`. */
  quantile(probability: number): Bounds<bigint>
}

export interface CompoundOptions {
  /** Cells of the lattice: finer bounds for time that grows with the square. 4,096 when absent. */
  readonly cells?: number
}

/** What the lattice leaves out at each end of each part. */
const leftOut = 1e-40
const mostParts = 1000

/**
 * The sum of independent parts. One part, or several of the same amount in one, is exact whatever its size. Several are
 * put on a lattice that starts at the least that is likely: sums are exact when the amounts have a common divisor that
 * is coarse enough for the cells, else each part's sum is rounded up to a cell, so that the sum is too great by less
 * than `error` = parts · cell. What lies beyond about 1e-40 at either end of a part is left out, and widens the bounds
 * of probabilities; only positive numbers are added, so that small probabilities keep their digits.
 *
 * @throws {UsageError} AMOUNT_INVALID for an amount that is not above zero, PARTS_TOO_MANY for more than 1,000
 */
export function compound(
  parts: readonly CompoundPart[],
  options: CompoundOptions = {},
): CompoundDistribution {
  if (parts.some(({ amount }) => amount <= 0n)) {
    throw new UsageError('AMOUNT_INVALID', 'what a winner is worth must be more than zero')
  }
  if (parts.length > mostParts) {
    throw new UsageError('PARTS_TOO_MANY', `at most ${mostParts} kinds of tickets can be added up`, {
      details: { parts: parts.length },
    })
  }
  const [first] = parts
  return first !== undefined && parts.length === 1 ? single(first) : onLattice(parts, options.cells ?? 4096)
}

function single({ amount, count }: CompoundPart): CompoundDistribution {
  const both = <T>(value: T): Bounds<T> => ({ low: value, high: value })
  return {
    mean: count.mean * Number(amount),
    deviation: count.deviation * Number(amount),
    error: 0n,
    survival: (sum) => both(count.survival(floorRational({ numerator: sum, denominator: amount }))),
    cdf: (sum) => both(count.cdf(floorRational({ numerator: sum, denominator: amount }))),
    upperQuantile: (risk) => both(count.upperQuantile(risk) * amount),
    quantile: (probability) => both(count.quantile(probability) * amount),
  }
}

function onLattice(parts: readonly CompoundPart[], cells: number): CompoundDistribution {
  const windows = parts.map((part) => ({
    ...part,
    least: part.count.quantile(leftOut),
    most: part.count.upperQuantile(leftOut),
  }))
  const { base, cell, isExact } = latticeOf(windows, cells)
  const { first, masses } = windows
    .map((window) => ({ first: 0, masses: spread(window, cell) }))
    .reduce(convolve, { first: 0, masses: Float64Array.of(1) })
  const sums = cumulate(masses)
  const missing = 2 * parts.length * (leftOut + cutOff)
  const start = base + cell * BigInt(first)
  const error = isExact ? 0n : BigInt(parts.length) * cell
  /** The last cell that is not above an amount; -1 when all are. */
  const cellOf = (amount: bigint) => (amount < start ? -1 : Number((amount - start) / cell))
  const amountOf = (index: number) => start + cell * BigInt(index)
  const below = (amount: bigint) => (amount < 0n ? 0n : amount)

  function upperQuantile(risk: number): Bounds<bigint> {
    assertProbability(risk)
    const low = below(amountOf(sums.leastWhere((index) => sums.above(index) <= risk + missing)) - error)
    if (risk > missing)
      return { low, high: amountOf(sums.leastWhere((index) => sums.above(index) + missing <= risk)) }
    const certain = windows.reduce((sum, { count, amount }) => sum + count.upperQuantile(0) * amount, 0n)
    return { low, high: certain }
  }

  return {
    mean: parts.reduce((sum, { amount, count }) => sum + Number(amount) * count.mean, 0),
    deviation: Math.hypot(...parts.map(({ amount, count }) => Number(amount) * count.deviation)),
    error,
    survival: (amount) => ({
      low: Math.max(0, sums.above(cellOf(amount + error)) - missing),
      high: Math.min(1, sums.above(cellOf(amount)) + missing),
    }),
    cdf: (amount) => ({
      low: Math.max(0, sums.upTo(cellOf(amount)) - missing),
      high: Math.min(1, sums.upTo(cellOf(amount + error)) + missing),
    }),
    upperQuantile,
    quantile(probability) {
      assertProbability(probability)
      if (probability >= 0.5) return upperQuantile(1 - probability)
      const least = (wanted: number) => amountOf(sums.leastWhere((index) => sums.upTo(index) >= wanted))
      return { low: below(least(probability - missing) - error), high: least(probability + missing) }
    },
  }
}
