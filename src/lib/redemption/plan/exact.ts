import { gasOf, layOut } from './batches.ts'
import type { Chosen } from './batches.ts'
import type { Candidate } from './candidate.ts'
import type { Funds } from './funds.ts'
import type { GasModel } from './gas-model.ts'
import { hasteOf } from './haste.ts'
import { sumOf } from './lists.ts'
import { payInOrder } from './pay-order.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/** So many candidates are chosen from by looking at every choice. */
export const exactUpTo = 10

/** What a choice of candidates comes to, in wei. */
interface Choice extends Chosen {
  readonly netWei: bigint
  /** What gas might have taken, less what it takes. */
  readonly spareWei: bigint
  readonly hasteWei: bigint
}

/**
 * Chooses from a few candidates by looking at every choice. A choice stands when leaving no part of it would save more
 * gas than that part may cost; of those, the one with the highest net payout is taken, or one within half a percent of
 * it that has more of what expires first.
 */
export function chooseExactly(
  candidates: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Chosen {
  const payments = paymentsOfChoices(candidates, fundsFor)
  // The most that a part of a choice spares, by choice: bit i stands for candidate i.
  const mostSpared: bigint[] = []
  const standing: Choice[] = []
  for (let choice = 0; choice < 1 << candidates.length; choice++) {
    let most = 0n
    for (let bit = 1; bit <= choice; bit <<= 1) {
      const part = (choice & bit) === 0 ? 0n : (mostSpared[choice ^ bit] ?? 0n)
      if (part > most) most = part
    }
    mostSpared.push(most)
    const groups = payments(choice)
    if (groups === undefined) continue
    const weighed = weigh(groups, model, options)
    if (weighed.spareWei < most) continue
    mostSpared[choice] = weighed.spareWei
    standing.push(weighed)
  }
  return bestOf(standing)
}

function bestOf(standing: readonly Choice[]): Chosen {
  const bestNetWei = standing.reduce((best, { netWei }) => (netWei > best ? netWei : best), 0n)
  const worth = ({ netWei, hasteWei }: Choice) => netWei * 256n + hasteWei
  const best = standing
    .filter(({ netWei }) => netWei * 200n >= bestNetWei * 199n)
    .reduce<Choice | undefined>(
      (found, choice) => (found === undefined || worth(choice) > worth(found) ? choice : found),
      undefined,
    )
  return best ?? { groups: [], batches: [] }
}

function weigh(groups: readonly SenderPayments[], model: GasModel, options: PlanOptions): Choice {
  const batches = layOut(groups, model, options)
  const gasWei = gasOf(batches) * model.priceWei
  const all = groups.flatMap(({ payments }) => payments)
  return {
    groups,
    batches,
    netWei: sumOf(all, ({ payoutWei }) => payoutWei) - gasWei,
    spareWei: sumOf(all, ({ budgetWei }) => budgetWei) - gasWei,
    hasteWei: sumOf(all, ({ candidate, payoutWei }) =>
      hasteOf(candidate, payoutWei - model.ticket * model.priceWei),
    ),
  }
}

/** The payments of each choice, by sender; undefined where a sender's funds do not bear it. */
function paymentsOfChoices(
  candidates: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
): (choice: number) => readonly SenderPayments[] | undefined {
  const senders = [...new Set(candidates.map(({ sender }) => sender))].map((sender) => ({
    sender,
    funds: fundsFor(sender),
    bits: candidates.reduce(
      (bits, candidate, at) => (candidate.sender === sender ? bits | (1 << at) : bits),
      0,
    ),
    known: new Map<number, SenderPayments | undefined>(),
  }))
  return (choice) => {
    const groups: SenderPayments[] = []
    for (const { sender, funds, bits, known } of senders) {
      const part = choice & bits
      if (part === 0) continue
      if (!known.has(part)) {
        const group = candidates.filter((_, at) => (part & (1 << at)) !== 0)
        known.set(part, payInOrder(sender, group, funds))
      }
      const payments = known.get(part)
      if (payments === undefined) return undefined
      groups.push(payments)
    }
    return groups
  }
}
