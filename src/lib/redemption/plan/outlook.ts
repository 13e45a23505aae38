import type { Laid } from './batches.ts'
import type { Candidate } from './candidate.ts'
import { priceFor, prospectsOf } from './company.ts'
import type { Place, Prospect, Wanting } from './company.ts'
import type { Funds } from './funds.ts'
import { baseGas, dearestRedemption, redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy } from './lists.ts'
import type { SenderPayments } from './pay-order.ts'
import { shortageBeside } from './shortage.ts'
import type { PlanOptions } from './types.ts'

/** What keeps a candidate out of a plan, and what would bring it in. */
export interface Outlook extends Prospect {
  readonly candidate: Candidate
  /** What the sender's deposit lacks to pay it beside what the plan redeems, in wei. */
  readonly shortWei: bigint
  /** Gas that it would cause if it joined the plan alone. */
  readonly gas: bigint
  /** Whether that gas is more than it may cost. */
  readonly isTooDear: boolean
  /** Whether by this it could join: only with other draws on the reserve it then may not. */
  readonly couldJoin: boolean
}

/** A candidate as it stands by itself. */
interface Judged {
  readonly wanting: Wanting
  readonly shortWei: bigint
  readonly gas: bigint
  readonly isTooDear: boolean
  readonly couldJoin: boolean
}

/** Looks at each candidate that a plan leaves, beside what the plan redeems in full. */
export function outlooks(
  left: readonly Candidate[],
  groups: readonly SenderPayments[],
  batches: readonly Laid[],
  fundsFor: (sender: string) => Funds,
  model: GasModel,
  options: PlanOptions,
): Outlook[] {
  const place = placeAfter(batches, model, options)
  const planned = new Map(groups.map((group) => [group.sender, group]))
  const judged = [...groupBy(left, ({ sender }) => sender)].flatMap(([sender, candidates]) =>
    judge(
      candidates,
      planned.get(sender) ?? { sender, payments: [], ordered: false },
      fundsFor(sender),
      model,
      place,
    ),
  )
  const byRecipient = groupBy(judged, ({ wanting }) => wanting.candidate.recipient)
  return [...byRecipient.values()].flatMap((list) => outlooksOf(list, place, model))
}

function placeAfter(batches: readonly Laid[], model: GasModel, options: PlanOptions): Place {
  const last = batches.at(-1)
  const size = last?.payments.length ?? 0
  const isFull =
    last === undefined ||
    size >= options.maxTicketsPerBatch ||
    last.gas + dearestRedemption + model.ticket > options.maxGasPerBatch
  const inLast = isFull ? [] : last.payments
  const recipients = new Set(inLast.map(({ candidate }) => candidate.recipient))
  const paid = new Set(
    batches.flatMap(({ payments }) => payments.map(({ candidate }) => candidate.recipient)),
  )
  return {
    free: options.maxTicketsPerBatch - inLast.length,
    isNewBatch: inLast.length === 0,
    senders: new Set(inLast.map(({ candidate }) => candidate.sender)),
    sharedGas(recipient, tickets) {
      const isNew = inLast.length > 0 && !recipients.has(recipient)
      const isFirst = !paid.has(recipient) && model.isFirstOfRound(recipient)
      return (
        baseGas(inLast.length + tickets) -
        baseGas(inLast.length) +
        (isNew ? redemptionGas.recipient : 0n) +
        (isFirst ? redemptionGas.firstOfRound : 0n)
      )
    },
  }
}

/** Of those that gas keeps out the stronger come first in the use of what is left of the funds. */
function judge(
  candidates: readonly Candidate[],
  group: SenderPayments,
  funds: Funds,
  model: GasModel,
  place: Place,
): Judged[] {
  const shortage = shortageBeside(group, funds, candidates.length)
  const senderGas = place.isNewBatch || place.senders.has(group.sender) ? 0n : redemptionGas.sender
  const strongestFirst = [...candidates].sort((a, b) => compare(b.budgetWei, a.budgetWei))
  const judgeOne = (candidate: Candidate): Judged => {
    const drawGas = shortage.drawGas(candidate)
    const ownGas = model.ticket + drawGas.ownGas
    const { pairGas } = drawGas
    const gas = ownGas + pairGas + senderGas + place.sharedGas(candidate.recipient, 1)
    const isTooDear = gas * model.priceWei > candidate.budgetWei
    const shortWei = shortage.of(candidate)
    const couldJoin = shortWei === 0n && !isTooDear
    return {
      wanting: { candidate, ownGas, pairGas },
      shortWei: couldJoin ? shortage.ofWhole(candidate) : shortWei,
      gas,
      isTooDear,
      couldJoin,
    }
  }
  const alone = strongestFirst.map(judgeOne)
  const affordable = alone.filter(({ isTooDear }) => !isTooDear)
  const tooDear = alone.flatMap((first) => {
    if (!first.isTooDear) return []
    const { candidate } = first.wanting
    const beside = judgeOne(candidate)
    // Not cheap enough by the draw of another that is not redeemed either.
    const judged = beside.isTooDear ? beside : { ...first, shortWei: shortage.of(candidate) }
    if (judged.shortWei === 0n) shortage.reserve(candidate)
    return [judged]
  })
  return [...affordable, ...tooDear]
}

function outlooksOf(list: readonly Judged[], place: Place, model: GasModel): Outlook[] {
  const company = list.filter(({ shortWei, isTooDear }) => isTooDear && shortWei === 0n)
  const prospects = prospectsOf(
    company.map(({ wanting }) => wanting),
    place,
    model,
  )
  return list.map(({ wanting, ...judged }) => {
    const { candidate } = wanting
    const alone = { priceWei: priceFor(candidate.budgetWei, judged.gas) }
    const prospect = prospects.get(candidate) ?? alone
    const priceWei = prospect.priceWei > alone.priceWei ? prospect.priceWei : alone.priceWei
    return { ...judged, candidate, ...prospect, priceWei }
  })
}
