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

/** Probabilities of cells from a first one on. */
export interface Cells {
  readonly first: number
  readonly masses: Float64Array
}

/** What may be cut off at each end of a sum of two parts. */
export const cutOff = 1e-41

/**
 * A lattice on which sums take about so many cells: the finest that is needed, or can be had. A sum spreads less than its
 * parts do one by one, about as far as the widest of them and thirty deviations.
 */
export function latticeOf(windows: readonly Window[], cells: number): Lattice {
  const base = windows.reduce((sum, { amount, least }) => sum + amount * least, 0n)
  const ranges = windows.map(({ amount, least, most }) => amount * (most - least))
  const deviation = Math.hypot(...windows.map(({ amount, count }) => Number(amount) * count.deviation))
  const widest = ranges.reduce((most, range) => (range > most ? range : most), 0n)
  const likely = widest + BigInt(Math.ceil(30 * deviation))
  const whole = ranges.reduce((sum, range) => sum + range, 0n)
  const range = whole < likely ? whole : likely
  const divisor = windows.reduce((common, { amount }) => commonDivisor(common, amount), 0n)
  const isExact = divisor === 0n || range / divisor <= BigInt(cells)
  if (isExact) return { base, cell: divisor === 0n ? 1n : divisor, isExact }
  return { base, cell: range / BigInt(cells) + 1n, isExact }
}

/** So many counts are looked at one by one. */
const mostCounts = 100_000n

/** The probability of each cell, where (count - least) · amount is rounded up to whole cells. */
export function spread(window: Window, cell: bigint): Float64Array {
  const range = (window.most - window.least) * window.amount
  const cells = new Float64Array(Number((range + cell - 1n) / cell) + 1)
  return window.most - window.least <= mostCounts
    ? spreadCounts(window, cell, cells)
    : spreadTails(window, cell, cells)
}

function spreadCounts(
  { amount, count, least, most }: Window,
  cell: bigint,
  cells: Float64Array,
): Float64Array {
  for (const [index, mass] of count.masses(least, most).entries()) {
    const at = Number((BigInt(index) * amount + cell - 1n) / cell)
    cells[at] = (cells[at] ?? 0) + mass
  }
  return cells
}

/** P(before < X <= last) of each cell, from that tail in which it is the greater part. */
function spreadTails(
  { amount, count, least, most }: Window,
  cell: bigint,
  cells: Float64Array,
): Float64Array {
  let [below, above] = [count.cdf(least - 1n), count.survival(least - 1n)]
  for (let index = 0; index < cells.length; index++) {
    const reach = least + (BigInt(index) * cell) / amount
    const last = reach < most ? reach : most
    const [nowBelow, nowAbove] = [count.cdf(last), count.survival(last)]
    cells[index] = nowBelow < 0.5 ? nowBelow - below : above - nowAbove
    ;[below, above] = [nowBelow, nowAbove]
  }
  return cells
}

/**
 * The distribution of the sum, without its ends; by additions of positive numbers only, as a Fourier transform would lose
 * the tails.
 */
export function convolve(a: Cells, b: Cells): Cells {
  const sums = new Float64Array(a.masses.length + b.masses.length - 1)
  for (const [i, mass] of a.masses.entries()) {
    if (mass === 0) continue
    for (let j = 0; j < b.masses.length; j++) sums[i + j] = (sums[i + j] ?? 0) + mass * (b.masses[j] ?? 0)
  }
  let [start, end] = [0, sums.length]
  for (let cut = sums[0] ?? 0; cut < cutOff && start < end - 1; cut += sums[start] ?? 0) start++
  for (let cut = sums[end - 1] ?? 0; cut < cutOff && end > start + 1; cut += sums[end - 1] ?? 0) end--
  return { first: a.first + b.first + start, masses: sums.slice(start, end) }
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

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
