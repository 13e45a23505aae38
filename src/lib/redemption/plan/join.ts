import { gasOf, layOut } from './batches.ts'
import type { Chosen } from './batches.ts'
import type { Candidate, Payment } from './candidate.ts'
import type { Funds } from './funds.ts'
import type { GasModel } from './gas-model.ts'
import { sumOf } from './lists.ts'
import { payInOrder } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/**
 * Adds candidates that a choice has overlooked, if the funds bear them and the gas that they cause takes no more than it
 * may.
 */
export function withJoiners(
  chosen: Chosen,
  joiners: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Chosen {
  const bySender = new Map(chosen.groups.map((group) => [group.sender, group]))
  for (const candidate of joiners) {
    const { sender } = candidate
    const before = bySender.get(sender)?.payments.map((payment) => payment.candidate) ?? []
    const group = payInOrder(sender, [...before, candidate], fundsFor(sender))
    if (group !== undefined) bySender.set(sender, group)
  }
  const groups = [...bySender.values()]
  const joined = { groups, batches: layOut(groups, model, options) }
  return spareOf(joined, model) >= spareOf(chosen, model) ? joined : chosen
}

/** What gas might take of a choice, less what it takes, in wei. */
function spareOf({ groups, batches }: Chosen, model: GasModel): bigint {
  const payments = groups.flatMap((group): readonly Payment[] => group.payments)
  return sumOf(payments, ({ budgetWei }) => budgetWei) - gasOf(batches) * model.priceWei
}
