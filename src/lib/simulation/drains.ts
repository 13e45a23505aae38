import type { RandomSource } from '../probability/random-source.ts'
import { binomialSampler } from '../probability/sample-binomial.ts'
import type { CountSampler } from '../probability/sample-binomial.ts'
import { mergeKinds, winnersWithin } from './winners.ts'
import { ticketsWithin } from './workload.ts'
import type { TicketClass } from './workload.ts'

/** Draws what one step takes from the deposit, in units. */
export type Drain = (random: RandomSource) => number

export interface Drains {
  /** One a step, from each of the hours to the next. */
  readonly drains: readonly Drain[]
  /** wei */
  readonly unitWei: bigint
}

/** Sums stay whole numbers in doubles below it. */
const mostUnits = 2n ** 52n

/**
 * What each step takes, in a unit of which every face value is a whole number and in which doubles count exactly; where
 * there is none, face values are rounded up to one that is 2^-52 of what could be spent.
 *
 * @param hours ascending, from 0
 * @throws {UsageError} TRIALS_INVALID for more winners than a double counts
 */
export function makeDrains(classes: readonly TicketClass[], hours: readonly bigint[]): Drains {
  const kinds = mergeKinds(classes)
  const { high: most } = winnersWithin(classes, hours.at(-1) ?? 0n).upperQuantile(1e-30)
  const shared = kinds.reduce((common, { faceValueWei }) => commonDivisor(common, faceValueWei), 0n)
  const unitWei = most / shared < mostUnits ? shared : most / mostUnits + 1n
  const draws = kinds.map((kind) => {
    const samplers = new Map<bigint, CountSampler>()
    const amount = Number((kind.faceValueWei + unitWei - 1n) / unitWei)
    return hours.slice(1).map((hour, step): Drain => {
      const tickets = ticketsWithin(kind, hour) - ticketsWithin(kind, hours[step] ?? 0n)
      const sample = samplers.get(tickets) ?? binomialSampler(tickets, kind.winProbability)
      samplers.set(tickets, sample)
      return (random) => amount * sample(random)
    })
  })
  const [first = []] = draws
  if (draws.length === 1) return { drains: first, unitWei }
  const drains = first.map((_, step): Drain => {
    const parts = draws.flatMap((steps) => steps[step] ?? [])
    return (random) => parts.reduce((sum, part) => sum + part(random), 0)
  })
  return { drains, unitWei }
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
