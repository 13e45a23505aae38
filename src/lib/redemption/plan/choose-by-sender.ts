import { layOut } from './batches.ts'
import { compare } from './candidate.ts'
import type { Candidate, Payment } from './candidate.ts'
import { findBurdens, spareOf } from './carry.ts'
import { chooseTickets } from './choose-tickets.ts'
import type { Funds } from './funds.ts'
import { baseGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'
import { withoutCostlyDraws } from './without-costly-draws.ts'

/** Steps of all searches together, shared out among the senders, and the least for each. */
const allSteps = 1_000_000
const leastSteps = 500

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
): readonly SenderPayments[] {
  const open = groupBySender(candidates)
  const steps = Math.max(leastSteps, Math.floor(allSteps / Math.max(1, open.size)))
  const pay = (sender: string, group: readonly Candidate[]): readonly SenderPayments[] => {
    const payments = group.length === 0 ? undefined : payInOrder(sender, group, fundsFor(sender))
    return payments === undefined ? [] : [payments]
  }
  const choose = (sender: string) =>
    pay(sender, chooseTickets(open.get(sender) ?? [], fundsFor(sender), model, steps)).map((group) =>
      withoutCostlyDraws(group, fundsFor(sender), model),
    )

  let groups = [...open.keys()].flatMap(choose)
  for (let round = 0; ; round++) {
    const burdens = burdensOf(groups, model, options)
    if (burdens.size === 0) return groups
    const dropped = new Set([...burdens].map(({ candidate }) => candidate))
    const remain = (candidate: Candidate) => !dropped.has(candidate)
    groups = groups.flatMap((group) => {
      const { sender, payments } = group
      if (!payments.some((payment) => burdens.has(payment))) return [group]
      open.set(sender, (open.get(sender) ?? []).filter(remain))
      if (round < mostRefills) return choose(sender)
      return pay(sender, payments.map(({ candidate }) => candidate).filter(remain))
    })
  }
}

export function groupBySender(candidates: readonly Candidate[]): Map<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const group = groups.get(candidate.sender)
    if (group === undefined) groups.set(candidate.sender, [candidate])
    else group.push(candidate)
  }
  return groups
}

function burdensOf(
  groups: readonly SenderPayments[],
  model: GasModel,
  options: PlanOptions,
): ReadonlySet<Payment> {
  const payments = groups.flatMap((group) => group.payments)
  const burdens = findBurdens(payments, model)
  return burdens.size > 0
    ? burdens
    : burdensOfLastBatch(
        payments,
        layOut(groups, model, options).map((batch) => batch.payments.length),
        model,
      )
}

/** The weakest payments, when there are just so many that a last batch is needed for them and they do not carry it. */
function burdensOfLastBatch(
  payments: readonly Payment[],
  sizes: readonly number[],
  model: GasModel,
): ReadonlySet<Payment> {
  const size = sizes.at(-1) ?? 0
  const gasWei = baseGas(size) * model.priceWei
  const scored = payments.map((payment) => ({ payment, spareWei: spareOf(payment, model) }))
  const leastWei = scored.reduce<bigint | undefined>(
    (least, { spareWei }) => (least === undefined || spareWei < least ? spareWei : least),
    undefined,
  )
  if (sizes.length < 2 || (leastWei ?? 0n) * BigInt(size) >= gasWei) return new Set()
  const weakest = scored.sort((a, b) => compare(a.spareWei, b.spareWei)).slice(0, size)
  const spareWei = weakest.reduce((sum, one) => sum + one.spareWei, 0n)
  return new Set(spareWei < gasWei ? weakest.map(({ payment }) => payment) : [])
}
