import { payout } from '../../pm/payout.ts'
import { gasOf, layOut } from './batches.ts'
import { compare, gasBudget, rank } from './candidate.ts'
import type { Candidate, Payment } from './candidate.ts'
import { spareOf } from './carry.ts'
import { groupBySender } from './choose-by-sender.ts'
import { remainingFunds } from './funds.ts'
import type { Funds } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/**
 * Adds tickets that are paid less than their face value, behind all that are paid in full. Of a sender and a recipient
 * only one: it takes all that is left for them. It is the one that expires first, then the one that loses least. They
 * have to carry the gas that they cause, or none is added.
 *
 * @param left candidates that are not among the groups
 */
export function addPartial(
  groups: readonly SenderPayments[],
  left: readonly Candidate[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): readonly SenderPayments[] {
  const planned = new Map(groups.map((group) => [group.sender, group]))
  for (const [sender, candidates] of groupBySender(left)) {
    const payments = planned.get(sender)?.payments ?? []
    const partial = partialPayments(candidates, remainingFunds(fundsFor(sender), payments), model, options)
    if (partial.length > 0) {
      planned.set(sender, { sender, payments: [...payments, ...partial], ordered: true })
    }
  }
  const all = [...planned.values()]
  const gasWith = (some: readonly SenderPayments[]) => gasOf(layOut(some, model, options))
  const budgetWei = all
    .flatMap(({ payments }) => payments)
    .reduce((sum, payment) => (payment.rank === rank.partial ? sum + payment.budgetWei : sum), 0n)
  return budgetWei >= (gasWith(all) - gasWith(groups)) * model.priceWei ? all : groups
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
    compare(a.ticket.hash, b.ticket.hash)
  )
}
