import type { Chosen } from './batches.ts'
import { byHash } from './candidate.ts'
import type { Candidate } from './candidate.ts'
import { chooseBySender } from './choose-by-sender.ts'
import { chooseExactly, exactUpTo } from './exact.ts'
import type { Funds } from './funds.ts'
import type { GasModel } from './gas-model.ts'
import { compare } from './lists.ts'
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
): Chosen {
  if (candidates.length <= exactUpTo) return chooseExactly(candidates, fundsFor, model, options)
  const bySender = chooseBySender(candidates, fundsFor, model, options)
  const payments = bySender.groups.flatMap((group) => group.payments)
  if (payments.length > exactUpTo) return bySender
  const chosen = new Set(payments.map(({ candidate }) => candidate))
  const others = candidates
    .filter((candidate) => !chosen.has(candidate))
    .sort((a, b) => compare(b.budgetWei, a.budgetWei) || byHash(a.ticket, b.ticket))
  return chooseExactly([...chosen, ...others].slice(0, exactUpTo), fundsFor, model, options)
}
