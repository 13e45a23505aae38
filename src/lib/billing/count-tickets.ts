import { PreconditionError } from '../errors.ts'
import type { Rational } from '../pm/rational.ts'

/** Payments in a row that are alike, in wei. */
export interface PaymentRun {
  readonly count: bigint
  /** What the credit must cover before each. */
  readonly fee: Rational
  /** What is taken from the credit after each; at most the fee. */
  readonly debit: Rational
}

export interface TicketCount {
  readonly payments: bigint
  readonly tickets: bigint
  /** Tickets of the largest payment. */
  readonly most: bigint
}

/**
 * How many tickets a session sends, as `payFor` and `debitFee` find it payment by payment, but without going through
 * them: what has been sent by a payment is the least number of tickets whose worth is what was debited before it and
 * what it must cover.
 *
 * @param ev of one ticket, in wei
 * @throws {PreconditionError} TICKET_EV_ZERO
 */
export function countTickets(runs: readonly PaymentRun[], ev: Rational): TicketCount {
  if (ev.numerator <= 0n) {
    throw new PreconditionError('TICKET_EV_ZERO', 'no number of tickets of expected value 0 pays a fee')
  }
  // One scale for all, so that the rest is whole numbers.
  const scale = runs.reduce(
    (all, { fee, debit }) => all * fee.denominator * debit.denominator,
    ev.denominator,
  )
  const scaled = ({ numerator, denominator }: Rational) => numerator * (scale / denominator)
  const worth = scaled(ev)
  let total: TicketCount = { payments: 0n, tickets: 0n, most: 0n }
  let debited = 0n
  for (const { count, fee, debit } of runs) {
    if (count <= 0n) continue
    const step = scaled(debit)
    const first = larger(scaled(fee), worth) + debited
    total = addRun(total, { count, first, step, worth })
    debited += count * step
  }
  return total
}

/** What has to be sent by each payment of a run grows from `first` by `step`; tickets that were sent before count. */
function addRun(
  { payments, tickets, most }: TicketCount,
  { count, first, step, worth }: Readonly<Record<'count' | 'first' | 'step' | 'worth', bigint>>,
): TicketCount {
  const neededBy = (payment: bigint) => ceilDivide(first + payment * step, worth)
  const sent = tickets * worth
  const paying = first > sent ? 0n : step === 0n ? count : (sent - first) / step + 1n
  if (paying >= count) return { payments: payments + count, tickets, most }
  const start = neededBy(paying)
  const end = neededBy(count - 1n)
  const later = count - 1n - paying
  // Payments that grow evenly differ by one ticket at most.
  const largestLater = later === 0n ? 0n : ceilDivide(end - start, later)
  return {
    payments: payments + count,
    tickets: end,
    most: larger(most, larger(start - tickets, largestLater)),
  }
}

/** Of what is not below zero. */
function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
