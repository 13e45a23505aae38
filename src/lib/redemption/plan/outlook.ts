import type { Laid } from './batches.ts'
import type { Candidate } from './candidate.ts'
import { depositNeeded, faceValueOf, remainingFunds } from './funds.ts'
import type { Funds } from './funds.ts'
import { baseGas, dearestRedemption, redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy, sumOf } from './lists.ts'
import type { SenderPayments } from './pay-order.ts'
import type { PlanOptions } from './types.ts'

/** What keeps a candidate out of a plan, and what would bring it in. */
export interface Outlook {
  readonly candidate: Candidate
  /** What the sender's deposit lacks to pay it beside what the plan redeems, in wei. */
  readonly shortWei: bigint
  /** Gas that it would cause if it joined the plan alone. */
  readonly gas: bigint
  /** Whether that gas is more than it may cost. */
  readonly isTooDear: boolean
  /** The gas price at which it could join, with others that wait for the same; 0n: none. */
  readonly priceWei: bigint
  /** How many more tickets like it would bring it in; absent when none would. */
  readonly moreTickets?: number
}

/** A candidate with the gas that it causes by itself, and for its sender if he is new in the batch. */
interface Wanting {
  readonly candidate: Candidate
  readonly shortWei: bigint
  readonly ownGas: bigint
  readonly senderGas: bigint
}

/** The place where another ticket would join the plan: the last batch, or one more. */
interface Place {
  readonly free: number
  readonly senders: ReadonlySet<string>
  /** Gas that tickets of a recipient would cause together. */
  sharedGas(recipient: string, tickets: number): bigint
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
  const wanting = [...groupBy(left, ({ sender }) => sender)].flatMap(([sender, candidates]) =>
    wantingOf(candidates, planned.get(sender), fundsFor(sender), model, place),
  )
  const byRecipient = groupBy(wanting, ({ candidate }) => candidate.recipient)
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

function wantingOf(
  candidates: readonly Candidate[],
  group: SenderPayments | undefined,
  funds: Funds,
  model: GasModel,
  place: Place,
): Wanting[] {
  const payments = group?.payments ?? []
  const remaining = remainingFunds(funds, payments)
  const drawn = new Set(payments.flatMap((one) => (one.drawsOnReserve ? one.candidate.pair : [])))
  const shortOf = shortageOf(
    payments.map(({ candidate }) => candidate),
    funds,
    remaining,
    candidates.length,
  )
  return candidates.map((candidate) => {
    const draws = candidate.ticket.faceValue > remaining.depositWei && remaining.slice(candidate) > 0n
    const drawGas = redemptionGas.reserveDraw + (drawn.has(candidate.pair) ? 0n : redemptionGas.reservePair)
    return {
      candidate,
      shortWei: shortOf(candidate),
      ownGas: model.ticket + (draws ? drawGas : 0n),
      senderGas: place.senders.size === 0 || place.senders.has(candidate.sender) ? 0n : redemptionGas.sender,
    }
  })
}

/** Up to so many tickets of a sender the least deposit for each is looked for; with more, one that suffices. */
const fewTickets = 24

/** What the deposit lacks for one more ticket. */
function shortageOf(
  planned: readonly Candidate[],
  funds: Funds,
  remaining: Funds,
  left: number,
): (candidate: Candidate) => bigint {
  const recipients = new Set(planned.map(({ recipient }) => recipient))
  const plannedWei = faceValueOf(planned)
  const neededWei = depositNeeded(planned, funds)
  const above = (wei: bigint) => (wei > funds.depositWei ? wei - funds.depositWei : 0n)
  return (candidate) => {
    const { faceValue } = candidate.ticket
    if (recipients.size === 0 || (recipients.size === 1 && recipients.has(candidate.recipient))) {
      return above(plannedWei + faceValue - funds.slice(candidate))
    }
    if (faceValue <= remaining.depositWei + remaining.slice(candidate)) return 0n
    if (planned.length + left <= fewTickets) return above(depositNeeded([...planned, candidate], funds))
    return above(neededWei + faceValue)
  }
}

function outlooksOf(list: readonly Wanting[], place: Place, model: GasModel): Outlook[] {
  const judged = list.map((one) => {
    const { candidate, ownGas, senderGas } = one
    const gas = ownGas + senderGas + place.sharedGas(candidate.recipient, 1)
    return { ...one, gas, isTooDear: gas * model.priceWei > candidate.budgetWei }
  })
  const company = judged
    .filter(({ shortWei, isTooDear }) => shortWei === 0n && isTooDear)
    .sort((a, b) => compare(b.candidate.budgetWei, a.candidate.budgetWei))
  const prices = pricesInCompany(company, place)
  const moreTickets = moreTicketsFor(company, place, model)
  return judged.map(({ candidate, shortWei, gas, isTooDear }) => {
    const more = moreTickets.get(candidate)
    const aloneWei = candidate.budgetWei > 0n ? candidate.budgetWei / gas : 0n
    const priceWei = prices.get(candidate) ?? 0n
    return {
      candidate,
      shortWei,
      gas,
      isTooDear,
      priceWei: priceWei > aloneWei ? priceWei : aloneWei,
      ...(more === undefined ? {} : { moreTickets: more }),
    }
  })
}

/**
 * The highest gas price at which each of them joins with those that have more to spend on gas, and perhaps some that
 * have less: each carries its own gas, and together they carry what they share.
 */
function pricesInCompany(company: readonly Wanting[], place: Place): ReadonlyMap<Candidate, bigint> {
  const ownSenders = new Set(company.map(({ candidate }) => candidate.sender)).size > 1
  const joint: { candidate: Candidate; priceWei: bigint }[] = []
  let budgetWei = 0n
  let gas = 0n
  let ownPriceWei: bigint | undefined
  for (const [index, { candidate, ownGas, senderGas }] of company.entries()) {
    const withSender =
      ownGas + (ownSenders && !place.senders.has(candidate.sender) ? redemptionGas.sender : senderGas)
    budgetWei += candidate.budgetWei
    gas += withSender
    const own = candidate.budgetWei > 0n ? candidate.budgetWei / withSender : 0n
    ownPriceWei = ownPriceWei === undefined || own < ownPriceWei ? own : ownPriceWei
    const together = budgetWei > 0n ? budgetWei / (gas + place.sharedGas(candidate.recipient, index + 1)) : 0n
    joint.push({ candidate, priceWei: together < ownPriceWei ? together : ownPriceWei })
  }
  const prices = new Map<Candidate, bigint>()
  let best = 0n
  for (const { candidate, priceWei } of joint.reverse()) {
    if (priceWei > best) best = priceWei
    prices.set(candidate, best)
  }
  return prices
}

/** How many more tickets like each would carry, with those that wait already, the gas that all of them share. */
function moreTicketsFor(
  company: readonly Wanting[],
  place: Place,
  model: GasModel,
): ReadonlyMap<Candidate, number> {
  const spareWith = ({ candidate, ownGas }: Wanting, senderGas: bigint) =>
    candidate.budgetWei - (ownGas + senderGas) * model.priceWei
  const inCompany = (one: Wanting) => {
    const wei = spareWith(one, place.senders.has(one.candidate.sender) ? 0n : redemptionGas.sender)
    return wei > 0n ? wei : 0n
  }
  const spareWei = sumOf(company, inCompany)
  const found = new Map<Candidate, number>()
  for (const one of company) {
    const { candidate } = one
    const eachWei = spareWith(one, 0n)
    if (eachWei <= 0n) continue
    const senderGas = place.senders.has(candidate.sender) ? 0n : redemptionGas.sender
    const lackWei =
      (place.sharedGas(candidate.recipient, 2) + senderGas) * model.priceWei - (spareWei - inCompany(one))
    const more = ceilDivide(lackWei, eachWei) - 1n
    if (BigInt(company.length) + more <= BigInt(place.free)) {
      found.set(candidate, more > 1n ? Number(more) : 1)
    }
  }
  return found
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return a > 0n ? (a + b - 1n) / b : 0n
}
