import type { Payment } from './candidate.ts'
import { baseGas, redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy, sumOf } from './lists.ts'

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
  const senderWei = redemptionGas.sender * model.priceWei
  const recipientWei = redemptionGas.recipient * model.priceWei
  const firstWei = (recipient: string) =>
    model.isFirstOfRound(recipient) ? redemptionGas.firstOfRound * model.priceWei : 0n
  const spareOfGroup = (group: readonly Scored[]) => spareOfAll(group) - BigInt(pairsOf(group)) * pairWei
  // Who goes takes those along who have nothing else in the plan.
  const onlyRecipients = exclusive(recipients, ({ candidate }) => candidate.sender)
  const onlySenders = exclusive(senders, ({ candidate }) => candidate.recipient)
  const lacking = [
    ...[...senders].map(([sender, group]) => {
      const only = onlyRecipients.get(sender) ?? []
      const gasWei = senderWei + sumOf(only, ({ key }) => recipientWei + firstWei(key))
      return { group, lackWei: senders.size > 1 ? gasWei - spareOfGroup(group) : 0n }
    }),
    ...[...recipients].map(([recipient, group]) => {
      const only = onlySenders.get(recipient) ?? []
      const gasWei = recipientWei + firstWei(recipient) + BigInt(only.length) * senderWei
      return { group, lackWei: recipients.size > 1 ? gasWei - spareOfGroup(group) : 0n }
    }),
  ].filter(({ lackWei }) => lackWei > 0n)
  if (lacking.length > 0) return apart(lacking)

  // The first sender and the first recipient of a transaction are part of its base.
  const sharedWei =
    baseGas(scored.length) * model.priceWei +
    BigInt(Math.max(0, senders.size - 1)) * senderWei +
    BigInt(Math.max(0, recipients.size - 1)) * recipientWei +
    sumOf([...recipients.keys()], firstWei)
  return spareOfGroup(scored) < sharedWei ? scored : []
}

/** A group of payments, and what it has too little of to carry its gas. */
interface Lacking {
  readonly group: readonly Scored[]
  readonly lackWei: bigint
}

/** Those that lack most, and no two that have a payment in common: without the one the other may carry its gas. */
function apart(lacking: readonly Lacking[]): readonly Scored[] {
  const taken = new Set<Scored>()
  for (const { group } of [...lacking].sort((a, b) => compare(b.lackWei, a.lackWei))) {
    if (group.some((one) => taken.has(one))) continue
    for (const one of group) taken.add(one)
  }
  return [...taken]
}

/** The keys of the groups that belong wholly to one owner, by that owner. */
function exclusive(
  groups: ReadonlyMap<string, readonly Scored[]>,
  ownerOf: (payment: Payment) => string,
): ReadonlyMap<string, readonly { readonly key: string }[]> {
  const owned = [...groups].flatMap(([key, group]) => {
    const [first] = group
    const owner = first === undefined ? undefined : ownerOf(first.payment)
    const isAll = owner !== undefined && group.every(({ payment }) => ownerOf(payment) === owner)
    return isAll ? [{ key, owner }] : []
  })
  return groupBy(owned, ({ owner }) => owner)
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
