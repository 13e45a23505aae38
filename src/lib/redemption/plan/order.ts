import type { Payment, Rank } from './candidate.ts'
import { compare, groupBy, sumOf } from './lists.ts'
import type { SenderPayments } from './pay-order.ts'

/** Payments of one rank and one sender that stay together for the sake of gas, in their order. */
export interface Unit {
  readonly rank: Rank
  readonly sender: string
  /** The recipient; the first where the order goes across recipients. */
  readonly recipient: string
  readonly payments: readonly Payment[]
  readonly payoutWei: bigint
}

/**
 * The order of a plan: by rank; within a rank what pays most first, one recipient after the other. A sender whose
 * payments have an order of their own keeps it, since his ranks never fall.
 */
export function makeUnits(groups: readonly SenderPayments[]): Unit[] {
  const units = groups.flatMap(unitsOf)
  const payouts = new Map<string, bigint>()
  for (const unit of units) {
    const key = recipientInRank(unit)
    payouts.set(key, (payouts.get(key) ?? 0n) + unit.payoutWei)
  }
  const payoutOf = (unit: Unit) => payouts.get(recipientInRank(unit)) ?? 0n
  return units.sort(
    (a, b) =>
      a.rank - b.rank ||
      compare(payoutOf(b), payoutOf(a)) ||
      compare(a.recipient, b.recipient) ||
      compare(b.payoutWei, a.payoutWei) ||
      compare(a.sender, b.sender),
  )
}

function recipientInRank({ rank, recipient }: Unit): string {
  return `${String(rank)}:${recipient}`
}

function unitsOf({ sender, payments, ordered }: SenderPayments): Unit[] {
  const units = groupBy(payments, ({ rank, candidate }) =>
    ordered ? String(rank) : `${String(rank)}:${candidate.recipient}`,
  )
  return [...units.values()].flatMap((unit) => {
    const [first] = unit
    if (first === undefined) return []
    const payoutWei = sumOf(unit, (payment) => payment.payoutWei)
    return [{ rank: first.rank, sender, recipient: first.candidate.recipient, payments: unit, payoutWei }]
  })
}
