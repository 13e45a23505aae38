import type { CountDistribution } from './count-distribution.ts'

/** The counts of one part that are likely enough to matter. */
export interface Window {
  readonly amount: bigint
  readonly count: CountDistribution
  readonly least: bigint
  readonly most: bigint
}

export interface Lattice {
  /** What the least counts add up to: cell 0. */
  readonly base: bigint
  /** The width of a cell. */
  readonly cell: bigint
  /** Whether every amount is a whole number of cells. */
  readonly isExact: boolean
}

/** The finest lattice on which the windows together take no more than so many cells. */
export function latticeOf(windows: readonly Window[], cells: number): Lattice {
  const base = windows.reduce((sum, { amount, least }) => sum + amount * least, 0n)
  const range = windows.reduce((sum, { amount, least, most }) => sum + amount * (most - least), 0n)
  const divisor = windows.reduce((common, { amount }) => commonDivisor(common, amount), 0n)
  const isExact = divisor === 0n || range / divisor <= BigInt(cells)
  if (isExact) return { base, cell: divisor === 0n ? 1n : divisor, isExact }
  return { base, cell: range / BigInt(cells) + 1n, isExact }
}

/** The probability of each cell, where (count - least) · amount is rounded up to whole cells. */
export function spread({ amount, count, least, most }: Window, cell: bigint): Float64Array {
  const range = (most - least) * amount
  const masses = new Float64Array(Number((range + cell - 1n) / cell) + 1)
  let before = least - 1n
  for (let index = 0; index < masses.length; index++) {
    const reach = least + (BigInt(index) * cell) / amount
    const last = reach < most ? reach : most
    masses[index] = between(count, before, last)
    before = last
  }
  return masses
}

/** The distribution of the sum; by additions of positive numbers only, as a Fourier transform would lose the tails. */
export function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sums = new Float64Array(a.length + b.length - 1)
  for (const [i, mass] of a.entries()) {
    if (mass === 0) continue
    for (let j = 0; j < b.length; j++) sums[i + j] = (sums[i + j] ?? 0) + mass * (b[j] ?? 0)
  }
  return sums
}

/** Sums of the probabilities of cells, from either end, each begun at the small terms. */
export interface CumulatedCells {
  /** P(a later cell); an index of -1 means any cell */
  above(index: number): number
  /** P(this cell or an earlier one) */
  upTo(index: number): number
  /** The first cell for which a condition holds that then holds for all that follow; else the last. */
  leastWhere(holds: (index: number) => boolean): number
}

export function cumulate(masses: Float64Array): CumulatedCells {
  const last = masses.length - 1
  const [fromLow, fromHigh] = [masses.slice(), masses.slice()]
  for (let index = 1; index <= last; index++)
    fromLow[index] = (fromLow[index] ?? 0) + (fromLow[index - 1] ?? 0)
  for (let index = last; index > 0; index--) {
    fromHigh[index - 1] = (fromHigh[index - 1] ?? 0) + (fromHigh[index] ?? 0)
  }
  return {
    above: (index) => Math.min(1, fromHigh[index + 1] ?? 0),
    upTo: (index) => Math.min(1, fromLow[Math.min(index, last)] ?? 0),
    leastWhere(holds) {
      let [low, high] = [0, last]
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if (holds(middle)) high = middle
        else low = middle + 1
      }
      return low
    },
  }
}

/** P(before < X <= last), from that tail in which it is the greater part. */
function between(count: CountDistribution, before: bigint, last: bigint): number {
  if (last - before <= 4n) {
    let sum = 0
    for (let value = before + 1n; value <= last; value++) sum += count.pmf(value)
    return sum
  }
  if (Number(before) < count.mean) return count.cdf(last) - count.cdf(before)
  return count.survival(before) - count.survival(last)
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
