import { gasOf, layOut } from './batches.ts'
import type { Chosen } from './batches.ts'
import type { Candidate, Payment } from './candidate.ts'
import type { Funds } from './funds.ts'
import type { GasModel } from './gas-model.ts'
import { sumOf } from './lists.ts'
import { payInOrder } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/** So many are tried one by one where all together are too much. */
const mostTrials = 20

/**
 * Adds candidates that a choice has overlooked, if the funds bear them and the gas that they cause takes no more than it
 * may: all of them or, where that is too much, one after the other.
 */
export function withJoiners(
  chosen: Chosen,
  joiners: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Chosen {
  const join = (before: Chosen, candidates: readonly Candidate[]): Chosen => {
    const bySender = new Map(before.groups.map((group) => [group.sender, group]))
    for (const candidate of candidates) {
      const { sender } = candidate
      const paid = bySender.get(sender)?.payments.map((payment) => payment.candidate) ?? []
      const group = payInOrder(sender, [...paid, candidate], fundsFor(sender))
      if (group !== undefined) bySender.set(sender, group)
    }
    const groups = [...bySender.values()]
    const joined = { groups, batches: layOut(groups, model, options) }
    return spareOf(joined, model) >= spareOf(before, model) ? joined : before
  }
  const all = join(chosen, joiners)
  if (all !== chosen || joiners.length === 1) return all
  return joiners.slice(0, mostTrials).reduce((before, candidate) => join(before, [candidate]), chosen)
}

/** What gas might take of a choice, less what it takes, in wei. */
function spareOf({ groups, batches }: Chosen, model: GasModel): bigint {
  const payments = groups.flatMap((group): readonly Payment[] => group.payments)
  return sumOf(payments, ({ budgetWei }) => budgetWei) - gasOf(batches) * model.priceWei
}
