import { payout } from '../../pm/payout.ts'
import { gasOf, layOut } from './batches.ts'
import type { Chosen } from './batches.ts'
import { byHash, gasBudget, rank } from './candidate.ts'
import type { Candidate, Payment } from './candidate.ts'
import { spareOf } from './carry.ts'
import { remainingFunds } from './funds.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy, sumOf } from './lists.ts'
import type { PlanOptions } from './types.ts'

/**
 * Adds tickets that are paid less than their face value, behind all that are paid in full. Of a sender and a recipient
 * only one: it takes all that is left for them. It is the one that expires first, then the one that loses least. They
 * have to carry the gas that they cause, or none is added.
 *
 * @param left candidates that are not chosen
 */
export function addPartial(
  { groups, batches }: Chosen,
  left: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Chosen {
  const planned = new Map(groups.map((group) => [group.sender, group]))
  for (const [sender, candidates] of groupBy(left, (candidate) => candidate.sender)) {
    const payments = planned.get(sender)?.payments ?? []
    const partial = partialPayments(candidates, remainingFunds(fundsFor(sender), payments), model, options)
    if (partial.length > 0) {
      planned.set(sender, { sender, payments: [...payments, ...partial], ordered: true })
    }
  }
  const all = [...planned.values()]
  const partial = all.flatMap(({ payments }) => payments.filter((payment) => payment.rank === rank.partial))
  const withPartial = layOut(all, model, options)
  const gasWei = (gasOf(withPartial) - gasOf(batches)) * model.priceWei
  const isCarried = sumOf(partial, ({ budgetWei }) => budgetWei) >= gasWei
  return isCarried ? { groups: all, batches: withPartial } : { groups, batches }
}

/** One sender's: the first takes what is left of the deposit, so it comes before those that would use it less. */
function partialPayments(
  candidates: readonly Candidate[],
  remaining: Funds,
  model: GasModel,
  options: PlanOptions,
): Payment[] {
  const leastLoss = new Map<string, Candidate>()
  for (const candidate of [...candidates].sort(byLoss)) {
    const isShort = candidate.ticket.faceValue > remaining.depositWei + remaining.slice(candidate)
    if (isShort && !leastLoss.has(candidate.recipient)) leastLoss.set(candidate.recipient, candidate)
  }
  let { depositWei } = remaining
  return [...leastLoss.values()].flatMap((candidate) => {
    const claimableReserveWei = remaining.slice(candidate)
    const paid = payout(candidate.ticket.faceValue, { depositWei, claimableReserveWei })
    const { payoutWei } = paid
    const payment: Payment = {
      candidate,
      rank: rank.partial,
      payoutWei,
      budgetWei: gasBudget(payoutWei, candidate.rank !== rank.waiting, options),
      drawsOnReserve: paid.fromReserveWei > 0n,
    }
    const sharedGas = redemptionGas.sender + (payment.drawsOnReserve ? redemptionGas.reservePair : 0n)
    const isWanted = payoutWei > 0n && payoutWei >= options.minPayoutWei
    if (!isWanted || spareOf(payment, model) < sharedGas * model.priceWei) return []
    depositWei = 0n
    return [payment]
  })
}

function byLoss(a: Candidate, b: Candidate): number {
  return (
    compare(a.roundsLeft, b.roundsLeft) ||
    compare(a.ticket.faceValue, b.ticket.faceValue) ||
    byHash(a.ticket, b.ticket)
  )
}
