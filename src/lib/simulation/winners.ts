import { addRational } from '../pm/rational.ts'
import { binomial } from '../probability/binomial.ts'
import { compound } from '../probability/compound.ts'
import type { CompoundDistribution, CompoundOptions } from '../probability/compound.ts'
import { ticketsWithin } from './workload.ts'
import type { TicketClass } from './workload.ts'

/**
 * What the winners of the first so many hours add up to, in wei: a binomial for each kind of ticket, and their sum.
 * Exact for one kind; see `compound` for several.
 */
export function winnersWithin(
  classes: readonly TicketClass[],
  hours: bigint,
  options?: CompoundOptions,
): CompoundDistribution {
  const parts = mergeKinds(classes).map((kind) => ({
    amount: kind.faceValueWei,
    count: binomial(ticketsWithin(kind, hours), kind.winProbability),
  }))
  return compound(parts, options)
}

/** Classes with the same face value and win probability send the same tickets. */
export function mergeKinds(classes: readonly TicketClass[]): TicketClass[] {
  const kinds = new Map<string, TicketClass>()
  for (const each of classes) {
    const { numerator, denominator } = each.winProbability
    const key = [each.faceValueWei, numerator, denominator].join('/')
    const known = kinds.get(key)
    kinds.set(key, known === undefined ? each : join(known, each))
  }
  return [...kinds.values()]
}

function join(a: TicketClass, b: TicketClass): TicketClass {
  return {
    ...a,
    ticketsPerHour: addRational(a.ticketsPerHour, b.ticketsPerHour),
    spendPerHourWei: addRational(a.spendPerHourWei, b.spendPerHourWei),
  }
}
