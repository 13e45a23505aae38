import { compare } from './candidate.ts'
import type { Candidate } from './candidate.ts'
import { chooseBySender } from './choose-by-sender.ts'
import { chooseExactly, exactUpTo } from './exact.ts'
import type { Funds } from './funds.ts'
import type { GasModel } from './gas-model.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/**
 * Chooses what to redeem: by looking at every choice where there is little to choose from, or little left of it once
 * each sender's funds and the gas are counted; sender by sender where there is much.
 */
export function choosePayments(
  candidates: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): readonly SenderPayments[] {
  if (candidates.length <= exactUpTo) return chooseExactly(candidates, fundsFor, model, options)
  const groups = chooseBySender(candidates, fundsFor, model, options)
  const chosen = new Set(groups.flatMap(({ payments }) => payments.map(({ candidate }) => candidate)))
  if (chosen.size > exactUpTo) return groups
  const others = candidates
    .filter((candidate) => !chosen.has(candidate))
    .sort((a, b) => compare(b.budgetWei, a.budgetWei) || compare(a.ticket.hash, b.ticket.hash))
  return chooseExactly([...chosen, ...others].slice(0, exactUpTo), fundsFor, model, options)
}
