import type { Candidate } from './candidate.ts'
import { redemptionGas } from './gas-model.ts'
import type { GasModel } from './gas-model.ts'
import { compare, groupBy, sumOf } from './lists.ts'

/** A candidate with the gas that it causes where it would join. */
export interface Wanting {
  readonly candidate: Candidate
  /** By itself. */
  readonly ownGas: bigint
  /** Once for a recipient's draws on a sender's reserve. */
  readonly pairGas: bigint
}

/** The place where another ticket would join the plan: the last batch, or one more. */
export interface Place {
  readonly free: number
  readonly isNewBatch: boolean
  readonly senders: ReadonlySet<string>
  /** Gas that tickets of a recipient would cause together. */
  sharedGas(recipient: string, tickets: number): bigint
}

/** One of several that would join together, the strongest first: who comes first pays what is paid once. */
interface Joining {
  readonly candidate: Candidate
  readonly gas: bigint
}

/** What would bring a candidate in beside others of its recipient that wait for the same. */
export interface Prospect {
  /** The highest gas price at which it joins, in wei; 0n: none. */
  readonly priceWei: bigint
  /** How many more tickets like it would bring it in; absent when none would. */
  readonly moreTickets?: number
}

/** What would bring tickets of one recipient into a plan together. */
export function prospectsOf(
  wanting: readonly Wanting[],
  place: Place,
  model: GasModel,
): ReadonlyMap<Candidate, Prospect> {
  const prices = pricesInCompany(joinTogether(wanting, place), place)
  const carriers = wanting.filter(({ candidate, ownGas }) => candidate.budgetWei > ownGas * model.priceWei)
  const moreTickets = moreTicketsFor(carriers, place, model)
  return new Map(
    wanting.map(({ candidate }) => {
      const priceWei = prices.get(candidate) ?? 0n
      const more = moreTickets.get(candidate)
      return [candidate, more === undefined ? { priceWei } : { priceWei, moreTickets: more }]
    }),
  )
}

/** The gas price at which a budget covers some gas, in wei. */
export function priceFor(budgetWei: bigint, gas: bigint): bigint {
  return budgetWei > 0n ? budgetWei / gas : 0n
}

function joinTogether(company: readonly Wanting[], place: Place): Joining[] {
  const newSenderGas = senderGasFor(company, place)
  const [senders, pairs] = [new Set(place.senders), new Set<string>()]
  const strongestFirst = [...company].sort((a, b) => compare(b.candidate.budgetWei, a.candidate.budgetWei))
  return strongestFirst.map(({ candidate, ownGas, pairGas }) => {
    const senderGas = senders.has(candidate.sender) ? 0n : newSenderGas
    const onceGas = senderGas + (pairs.has(candidate.pair) ? 0n : pairGas)
    senders.add(candidate.sender)
    if (pairGas > 0n) pairs.add(candidate.pair)
    return { candidate, gas: ownGas + onceGas }
  })
}

/** What each sender costs who is new: the only one of a new batch is part of its base. */
function senderGasFor(company: readonly Wanting[], { isNewBatch }: Place): bigint {
  const senders = new Set(company.map(({ candidate }) => candidate.sender))
  return isNewBatch && senders.size === 1 ? 0n : redemptionGas.sender
}

/**
 * The highest gas price at which each of them joins with those that have more to spend on gas, and perhaps some that
 * have less: each carries its own gas, together they carry what they share, and without the first the others carry what
 * it costs that it is not alone.
 */
function pricesInCompany(company: readonly Joining[], place: Place): ReadonlyMap<Candidate, bigint> {
  const joint: { candidate: Candidate; priceWei: bigint }[] = []
  let budgetWei = 0n
  let gas = 0n
  let leastWei: bigint | undefined
  for (const [index, one] of company.entries()) {
    const { candidate } = one
    const first = company[0] ?? one
    budgetWei += candidate.budgetWei
    gas += one.gas
    const sharedGas = place.sharedGas(candidate.recipient, index + 1)
    const prices = [priceFor(candidate.budgetWei, one.gas), priceFor(budgetWei, gas + sharedGas)]
    if (leastWei !== undefined) {
      const notAloneGas = sharedGas - place.sharedGas(candidate.recipient, 1)
      prices.push(priceFor(budgetWei - first.candidate.budgetWei, gas - first.gas + notAloneGas), leastWei)
    }
    const [ownWei = 0n] = prices
    leastWei = leastWei === undefined || ownWei < leastWei ? ownWei : leastWei
    joint.push({ candidate, priceWei: prices.reduce((least, wei) => (wei < least ? wei : least)) })
  }
  const highest = new Map<Candidate, bigint>()
  let best = 0n
  for (const { candidate, priceWei } of joint.reverse()) {
    if (priceWei > best) best = priceWei
    highest.set(candidate, best)
  }
  return highest
}

/**
 * For those that carry their own gas: how many more like each would carry, with those that wait already, the gas that all
 * of them share. Those of a sender first carry what they share among themselves.
 */
function moreTicketsFor(
  company: readonly Wanting[],
  place: Place,
  model: GasModel,
): ReadonlyMap<Candidate, number> {
  const eachOf = ({ candidate, ownGas }: Wanting) => candidate.budgetWei - ownGas * model.priceWei
  const newSenderGas = senderGasFor(company, place)
  const senders = [...groupBy(company, ({ candidate }) => candidate.sender)].map(([sender, group]) => {
    const pairGas = group.reduce((most, one) => (one.pairGas > most ? one.pairGas : most), 0n)
    const onceGas = pairGas + (place.senders.has(sender) ? 0n : newSenderGas)
    return { group, onceWei: onceGas * model.priceWei, ownWei: sumOf(group, eachOf) }
  })
  const spareOf = ({ onceWei, ownWei }: (typeof senders)[number]) =>
    ownWei > onceWei ? ownWei - onceWei : 0n
  const spareWei = sumOf(senders, spareOf)
  const found = new Map<Candidate, number>()
  for (const sender of senders) {
    for (const one of sender.group) {
      const { candidate } = one
      const sharedWei = place.sharedGas(candidate.recipient, 2) * model.priceWei
      const lackWei = sharedWei + sender.onceWei - sender.ownWei - (spareWei - spareOf(sender))
      const more = ceilDivide(lackWei, eachOf(one))
      if (BigInt(company.length) + more > BigInt(place.free)) continue
      found.set(candidate, more > 1n ? Number(more) : 1)
    }
  }
  return found
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return a > 0n ? (a + b - 1n) / b : 0n
}
