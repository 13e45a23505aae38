import type { Payment } from './candidate.ts'
import { baseGas, redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { groupBy, sumOf } from './lists.ts'

/** A payment with what gas might take of it, less what it takes for it alone, in wei. */
interface Scored {
  readonly payment: Payment
  readonly spareWei: bigint
}

/**
 * The payments that a plan is better without: each has to carry its own gas; the draws of a recipient on a sender's
 * reserve, a sender's payments and a recipient's payments the gas that they cause together; all of them that of a
 * transaction. Gas is carried while it takes no more than it may: of what can wait, its share of the payout.
 */
export function findBurdens(payments: readonly Payment[], model: GasModel): ReadonlySet<Payment> {
  const burdens = new Set<Payment>()
  let rest: readonly Scored[] = payments.map((payment) => ({ payment, spareWei: spareOf(payment, model) }))
  for (;;) {
    const found = nextBurdens(rest, model)
    if (found.length === 0) return burdens
    for (const { payment } of found) burdens.add(payment)
    rest = rest.filter(({ payment }) => !burdens.has(payment))
  }
}

function nextBurdens(scored: readonly Scored[], model: GasModel): readonly Scored[] {
  const own = scored.filter(({ spareWei }) => spareWei < 0n)
  if (own.length > 0) return own

  const pairWei = redemptionGas.reservePair * model.priceWei
  const draws = groupBy(
    scored.filter(({ payment }) => payment.drawsOnReserve),
    ({ payment }) => payment.candidate.pair,
  )
  const failing = [...draws.values()].filter((group) => spareOfAll(group) < pairWei).flat()
  if (failing.length > 0) return failing

  const senders = groupBy(scored, ({ payment }) => payment.candidate.sender)
  const recipients = groupBy(scored, ({ payment }) => payment.candidate.recipient)
  // The first sender and the first recipient of a transaction are part of its base.
  const senderWei = senders.size > 1 ? redemptionGas.sender * model.priceWei : 0n
  const recipientWei = recipients.size > 1 ? redemptionGas.recipient * model.priceWei : 0n
  const firstWei = (recipient: string) =>
    model.isFirstOfRound(recipient) ? redemptionGas.firstOfRound * model.priceWei : 0n
  const spareOfGroup = (group: readonly Scored[]) => spareOfAll(group) - BigInt(pairsOf(group)) * pairWei
  const burdens = [
    ...[...senders.values()].filter((group) => spareOfGroup(group) < senderWei),
    ...[...recipients]
      .filter(([recipient, group]) => spareOfGroup(group) < recipientWei + firstWei(recipient))
      .map(([, group]) => group),
  ].flat()
  if (burdens.length > 0) return burdens

  const sharedWei =
    baseGas(scored.length) * model.priceWei +
    BigInt(Math.max(0, senders.size - 1)) * senderWei +
    BigInt(Math.max(0, recipients.size - 1)) * recipientWei +
    sumOf([...recipients.keys()], firstWei)
  return spareOfGroup(scored) < sharedWei ? scored : []
}

/** What gas might take of a payment, less what it takes for the payment alone, in wei. */
export function spareOf({ budgetWei, drawsOnReserve }: Payment, model: GasModel): bigint {
  const draw = drawsOnReserve ? redemptionGas.reserveDraw : 0n
  return budgetWei - (model.ticket + draw) * model.priceWei
}

function spareOfAll(scored: readonly Scored[]): bigint {
  return sumOf(scored, ({ spareWei }) => spareWei)
}

function pairsOf(scored: readonly Scored[]): number {
  const pairs = new Set<string>()
  for (const { payment } of scored) if (payment.drawsOnReserve) pairs.add(payment.candidate.pair)
  return pairs.size
}
