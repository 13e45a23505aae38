import { byRank, rank } from './candidate.ts'
import type { Candidate, Payment, Rank } from './candidate.ts'
import { depositNeededFor, excessOf, faceValueOf, lastOnDeposit, sharesOf } from './funds.ts'
import type { Funds, Share } from './funds.ts'
import { redemptionGas } from './gas-model.ts'
import { compare } from './lists.ts'

/** The payments of one sender, all in full. */
export interface SenderPayments {
  readonly sender: string
  /** By rank. */
  readonly payments: readonly Payment[]
  /** Whether they are paid in full only in this order, or for less gas. */
  readonly ordered: boolean
}

/**
 * Puts a sender's tickets into an order in which each is paid in full. While the deposit lasts for all the order is free.
 * Otherwise the deposit pays whole tickets first, as many as it can because draws on the reserve cost gas; then comes
 * the one that takes the last of the deposit, then those that the slices pay. A ticket that has to come before a more
 * urgent one takes its rank.
 *
 * @returns undefined when no order pays all of them
 */
export function payInOrder(
  sender: string,
  candidates: readonly Candidate[],
  funds: Funds,
): SenderPayments | undefined {
  if (faceValueOf(candidates) <= funds.depositWei) {
    const payments = candidates.map((candidate) => payInFull(candidate, false)).sort(byRank)
    return { sender, payments, ordered: false }
  }
  const shares = sharesOf(candidates, funds)
  if (depositNeededFor(shares) > funds.depositWei) return undefined
  const { whole, last } = splitDeposit(candidates, shares, funds)
  const pay = (group: readonly Candidate[], draws: boolean) =>
    group.map((candidate) => payInFull(candidate, draws)).sort(byRank)
  const draws = pay(
    candidates.filter((candidate) => !whole.has(candidate)),
    true,
  )
  if (funds.depositWei === 0n) return { sender, payments: draws, ordered: false }
  const bridge = draws.find(({ candidate }) => candidate.recipient === last)
  const rest = draws.filter((payment) => payment !== bridge)
  const next = (bridge ?? rest[0])?.candidate.recipient
  const payments = [
    ...pay([...whole], false),
    ...(bridge === undefined ? [] : [bridge]),
    ...rest.sort((a, b) => a.rank - b.rank || byRecipient(a, b, next) || byRank(a, b)),
  ]
  return { sender, payments: withRanksOfLater(payments), ordered: true }
}

/** One recipient after the other, the given one first. */
function byRecipient(a: Payment, b: Payment, first: string | undefined): number {
  const [left, right] = [a.candidate.recipient, b.candidate.recipient]
  if (left === right) return 0
  return left === first ? -1 : right === first ? 1 : compare(left, right)
}

interface Split {
  /** The tickets that the deposit pays whole. */
  readonly whole: ReadonlySet<Candidate>
  /** The recipient of the ticket that takes the last of the deposit. */
  readonly last: string | undefined
}

/**
 * Splits a sender's tickets for the least gas of draws: the deposit pays the smallest, as they are the most; but all of
 * a recipient's where that saves it from drawing at all.
 */
function splitDeposit(candidates: readonly Candidate[], shares: readonly Share[], funds: Funds): Split {
  const last = lastOnDeposit(shares)
  const smallestFirst = [...candidates].sort((a, b) => compare(a.ticket.faceValue, b.ticket.faceValue))
  const split = (first: ReadonlySet<string>) => {
    const ahead = smallestFirst.filter(({ recipient }) => first.has(recipient))
    const behind = smallestFirst.filter(({ recipient }) => !first.has(recipient))
    return fillDeposit([...ahead, ...behind], shares, last, funds)
  }
  const gasOf = (whole: ReadonlySet<Candidate>) => {
    const draws = candidates.filter((candidate) => !whole.has(candidate))
    const pairs = new Set(draws.map(({ recipient }) => recipient)).size
    return BigInt(draws.length) * redemptionGas.reserveDraw + BigInt(pairs) * redemptionGas.reservePair
  }
  let best = split(new Set())
  const spared = new Set<string>()
  for (const { recipient } of shares.length > 1
    ? [...shares].sort((a, b) => compare(a.totalWei, b.totalWei))
    : []) {
    const whole = split(new Set([...spared, recipient]))
    if (gasOf(whole) >= gasOf(best)) continue
    best = whole
    spared.add(recipient)
  }
  return { whole: best, last: last?.recipient }
}

/** Takes tickets in their order while the deposit lasts, beside those that it has to pay. */
function fillDeposit(
  candidates: readonly Candidate[],
  shares: readonly Share[],
  last: Share | undefined,
  funds: Funds,
): ReadonlySet<Candidate> {
  const whole = new Set(shares.flatMap((share) => (share === last ? [] : share.covered)))
  let leftWei = funds.depositWei - faceValueOf([...whole])
  let reservedWei = last === undefined ? 0n : excessOf(last)
  for (const candidate of candidates) {
    const { faceValue } = candidate.ticket
    const isLast = candidate.recipient === last?.recipient
    if (whole.has(candidate) || faceValue > leftWei) continue
    if (!isLast && leftWei - faceValue < reservedWei) continue
    whole.add(candidate)
    leftWei -= faceValue
    if (isLast) reservedWei = reservedWei > faceValue ? reservedWei - faceValue : 0n
  }
  return whole
}

function payInFull(candidate: Candidate, drawsOnReserve: boolean): Payment {
  const { ticket, budgetWei } = candidate
  return { candidate, rank: candidate.rank, payoutWei: ticket.faceValue, budgetWei, drawsOnReserve }
}

function withRanksOfLater(payments: readonly Payment[]): Payment[] {
  let least: Rank = rank.partial
  return payments
    .map((payment) => payment)
    .reverse()
    .map((payment) => {
      if (payment.rank < least) least = payment.rank
      return { ...payment, rank: least }
    })
    .reverse()
}
