import { efficiencyBasisPoints } from '../../pm/efficiency.ts'
import type { Chosen, Laid } from './batches.ts'
import { findCandidates } from './candidate.ts'
import type { Candidate, Payment } from './candidate.ts'
import { choosePayments } from './choose-payments.ts'
import { explainLeft, explainRefused } from './explain.ts'
import { fundsOf } from './funds.ts'
import { gasModel } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { withJoiners } from './join.ts'
import { sumOf } from './lists.ts'
import { checkPlanOptions } from './options.ts'
import { outlooks } from './outlook.ts'
import { addPartial } from './partial.ts'
import type {
  Batch,
  GasPrice,
  PlanChain,
  PlannedTicket,
  PlanOptions,
  PlanTicket,
  RedemptionPlan,
} from './types.ts'

export { claimableKey } from './claimable-key.ts'
export { defaultPlanOptions } from './options.ts'

export interface PlanInput {
  /** Of different hashes; their order does not matter. */
  readonly tickets: readonly PlanTicket[]
  readonly chain: PlanChain
  readonly gas: GasPrice
  readonly options: PlanOptions
}

/**
 * Plans which tickets to redeem now, in which transactions and in which order, for the highest payout less gas. Pure: it
 * knows the chain as one block shows it.
 *
 * - No ticket is spent for less than its face value, on either generation of the contract, unless `includePartial` asks
 *   for it: those come last. Leaving out any of the planned tickets leaves the others payable.
 * - Gas takes at most `maxGasShare` of what a ticket that can wait pays, and less than all of what an urgent one pays
 *   (its sender is unlocking, or it expires within the round). That holds for a ticket and the gas that it causes by
 *   itself, and for tickets together and the gas that they share.
 * - Where a sender's funds are short, the best choice within 1 %, and what expires first is preferred.
 *
 * @throws {UsageError} PLAN_OPTION_INVALID
 */
export function planRedemption({ tickets, chain, gas, options }: PlanInput): RedemptionPlan {
  checkPlanOptions(options, gas)
  const model = gasModel(gas, chain)
  const { candidates, refused } = findCandidates(tickets, chain, options)
  const fundsFor = (sender: string) => fundsOf(sender, chain)

  const paying = candidates.filter(({ budgetWei }) => budgetWei >= model.ticket * model.priceWei)
  const look = (inFull: Chosen, all: Chosen) =>
    outlooks(without(candidates, all), inFull.groups, all.batches, fundsFor, model, options)
  const found = choosePayments(paying, fundsFor, model, options)
  const beside = look(found, found)
  const joiners = beside.filter(({ couldJoin }) => couldJoin).map(({ candidate }) => candidate)
  const inFull = joiners.length === 0 ? found : withJoiners(found, joiners, fundsFor, model, options)
  const chosen = options.includePartial
    ? addPartial(inFull, without(paying, inFull), fundsFor, model, options)
    : inFull

  const left = chosen === found ? beside : look(inFull, chosen)
  const batches = chosen.batches.map((batch) => makeBatch(batch, model))
  return {
    batches,
    left: [
      ...refused.map((one) => explainRefused(one, chain, options)),
      ...left.map((outlook) => explainLeft(outlook, model, options)),
    ],
    ...totalsOf(batches),
  }
}

function without(candidates: readonly Candidate[], { groups }: Chosen): Candidate[] {
  const planned = new Set(groups.flatMap(({ payments }) => payments.map(({ candidate }) => candidate)))
  return candidates.filter((candidate) => !planned.has(candidate))
}

function makeBatch({ payments, gas }: Laid, model: GasModel): Batch {
  const tickets = payments.map(toPlanned)
  const faceValueWei = sumOf(tickets, (ticket) => ticket.faceValueWei)
  const payoutWei = sumOf(tickets, (ticket) => ticket.payoutWei)
  const gasCostWei = gas * model.priceWei
  const efficiency = efficiencyBasisPoints({ receivedWei: payoutWei, gasCostWei, faceValueWei })
  return { tickets, faceValueWei, payoutWei, gas, gasCostWei, efficiencyBasisPoints: efficiency ?? 0n }
}

function toPlanned({ candidate, payoutWei }: Payment): PlannedTicket {
  const { hash, sender, recipient, faceValue } = candidate.ticket
  return { hash, sender, recipient, faceValueWei: faceValue, payoutWei }
}

function totalsOf(
  batches: readonly Batch[],
): Pick<RedemptionPlan, 'faceValueWei' | 'payoutWei' | 'gas' | 'gasCostWei'> {
  return {
    faceValueWei: sumOf(batches, (batch) => batch.faceValueWei),
    payoutWei: sumOf(batches, (batch) => batch.payoutWei),
    gas: sumOf(batches, (batch) => batch.gas),
    gasCostWei: sumOf(batches, (batch) => batch.gasCostWei),
  }
}
