import { layOut } from './batches.ts'
import type { Chosen, Laid } from './batches.ts'
import type { Candidate, Payment } from './candidate.ts'
import { findBurdens, spareOf } from './carry.ts'
import { chooseTickets } from './choose-tickets.ts'
import type { Funds } from './funds.ts'
import { baseGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy, sumOf } from './lists.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'
import { withoutCostlyDraws } from './without-costly-draws.ts'

/** Steps of all searches together, shared out among the senders, and the least for each. */
const allSteps = 300_000
const leastSteps = 300

/** How often the funds of what did not carry its gas are offered to the sender's other tickets. */
const mostRefills = 3

/**
 * Chooses from many candidates: for each sender what his funds pay best, then without what does not carry the gas that
 * it causes.
 */
export function chooseBySender(
  candidates: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Chosen {
  const open = groupBy(candidates, ({ sender }) => sender)
  const steps = Math.max(leastSteps, Math.floor(allSteps / Math.max(1, open.size)))
  const pay = (sender: string, group: readonly Candidate[]): readonly SenderPayments[] => {
    const payments = group.length === 0 ? undefined : payInOrder(sender, group, fundsFor(sender))
    return payments === undefined ? [] : [withoutCostlyDraws(payments, fundsFor(sender), model)]
  }
  const choose = (sender: string) =>
    pay(sender, chooseTickets(open.get(sender) ?? [], fundsFor(sender), model, steps))

  let groups = [...open.keys()].flatMap(choose)
  for (let round = 0; ; round++) {
    const chosen = carriedBy(groups, model, options)
    if (chosen.burdens.size === 0) return { groups, batches: chosen.batches }
    const dropped = new Set([...chosen.burdens].map(({ candidate }) => candidate))
    const remain = (candidate: Candidate) => !dropped.has(candidate)
    groups = groups.flatMap((group) => {
      const { sender, payments } = group
      if (!payments.some(({ candidate }) => dropped.has(candidate))) return [group]
      open.set(sender, (open.get(sender) ?? []).filter(remain))
      if (round < mostRefills) return choose(sender)
      return pay(sender, payments.map(({ candidate }) => candidate).filter(remain))
    })
  }
}

/** The batches of a choice, or what in it does not carry its gas. */
function carriedBy(
  groups: readonly SenderPayments[],
  model: GasModel,
  options: PlanOptions,
): { readonly batches: readonly Laid[]; readonly burdens: ReadonlySet<Payment> } {
  const payments = groups.flatMap((group) => group.payments)
  const burdens = findBurdens(payments, model)
  if (burdens.size > 0) return { batches: [], burdens }
  const batches = layOut(groups, model, options)
  const last = batches.length > 1 ? (batches.at(-1)?.payments.length ?? 0) : 0
  return { batches, burdens: burdensOfLastBatch(payments, last, model) }
}

/** The weakest payments, when there are just so many that a last batch is needed for them and they do not carry it. */
function burdensOfLastBatch(
  payments: readonly Payment[],
  size: number,
  model: GasModel,
): ReadonlySet<Payment> {
  const gasWei = baseGas(size) * model.priceWei
  const eachWei = gasWei / BigInt(Math.max(1, size)) + 1n
  if (payments.every((payment) => spareOf(payment, model) >= eachWei)) return new Set()
  const scored = payments.map((payment) => ({ payment, spareWei: spareOf(payment, model) }))
  const weakest = scored.sort((a, b) => compare(a.spareWei, b.spareWei)).slice(0, size)
  const isCarried = sumOf(weakest, ({ spareWei }) => spareWei) >= gasWei
  return new Set(isCarried ? [] : weakest.map(({ payment }) => payment))
}
