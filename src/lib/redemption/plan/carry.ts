import type { Payment } from './candidate.ts'
import { baseGas, redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'

/** Payments with what gas might take of them, less what it takes for each alone, in wei. */
interface Group {
  readonly payments: Payment[]
  spareWei: bigint
}

/**
 * The payments that a plan is better without: each has to carry its own gas; the draws of a recipient on a sender's
 * reserve, a sender's payments and a recipient's payments the gas that they cause together; all of them that of a
 * transaction. Gas is carried while it takes no more than it may: of what can wait, its share of the payout.
 */
export function findBurdens(payments: readonly Payment[], model: GasModel): ReadonlySet<Payment> {
  const burdens = new Set<Payment>()
  for (;;) {
    const rest = payments.filter((payment) => !burdens.has(payment))
    const found = nextBurdens(rest, model)
    if (found.length === 0) return burdens
    for (const payment of found) burdens.add(payment)
  }
}

function nextBurdens(payments: readonly Payment[], model: GasModel): readonly Payment[] {
  const own = payments.filter((payment) => spareOf(payment, model) < 0n)
  if (own.length > 0) return own

  const draws = groupBy(
    payments.filter(({ drawsOnReserve }) => drawsOnReserve),
    ({ candidate }) => candidate.pair,
    model,
  )
  const failing = failingOf(draws, () => redemptionGas.reservePair * model.priceWei)
  if (failing.length > 0) return failing

  // The first sender and the first recipient of a transaction are part of its base.
  const senders = groupBy(payments, ({ candidate }) => candidate.sender, model)
  const senderWei = senders.size > 1 ? redemptionGas.sender * model.priceWei : 0n
  const recipients = groupBy(payments, ({ candidate }) => candidate.recipient, model)
  const recipientWei = (recipient: string) =>
    ((recipients.size > 1 ? redemptionGas.recipient : 0n) +
      (model.isFirstOfRound(recipient) ? redemptionGas.firstOfRound : 0n)) *
    model.priceWei
  const drawsOf = (group: Group) =>
    BigInt(new Set(group.payments.flatMap((one) => (one.drawsOnReserve ? one.candidate.pair : []))).size)
  for (const group of [...senders.values(), ...recipients.values()]) {
    group.spareWei -= drawsOf(group) * redemptionGas.reservePair * model.priceWei
  }
  const unborne = [...failingOf(senders, () => senderWei), ...failingOf(recipients, recipientWei)]
  if (unborne.length > 0) return unborne

  let spareWei = -baseGas(payments.length) * model.priceWei
  for (const group of senders.values()) spareWei += group.spareWei - senderWei
  for (const recipient of recipients.keys()) spareWei -= recipientWei(recipient)
  if (senders.size > 1) spareWei += senderWei
  if (recipients.size > 1) spareWei += redemptionGas.recipient * model.priceWei
  return spareWei < 0n ? payments : []
}

/** What gas might take of a payment, less what it takes for the payment alone, in wei. */
export function spareOf({ budgetWei, drawsOnReserve }: Payment, model: GasModel): bigint {
  const draw = drawsOnReserve ? redemptionGas.reserveDraw : 0n
  return budgetWei - (model.ticket + draw) * model.priceWei
}

function groupBy(
  payments: readonly Payment[],
  keyOf: (payment: Payment) => string,
  model: GasModel,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  for (const payment of payments) {
    const key = keyOf(payment)
    const spareWei = spareOf(payment, model)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { payments: [payment], spareWei })
    else {
      group.payments.push(payment)
      group.spareWei += spareWei
    }
  }
  return groups
}

function failingOf(groups: ReadonlyMap<string, Group>, gasWei: (key: string) => bigint): Payment[] {
  return [...groups].flatMap(([key, { payments, spareWei }]) => (spareWei < gasWei(key) ? payments : []))
}
