import { PreconditionError } from '../errors.ts'
import {
  addRational,
  ceilRational,
  compareRational,
  divideRational,
  multiplyRational,
  rational,
  subtractRational,
} from './rational.ts'
import type { Rational } from './rational.ts'

/** All in wei. */
export interface CreditInputs {
  /** What the sender has paid ahead; below zero when it owes. */
  readonly credit: Rational
  /** What is to be paid for. */
  readonly fee: Rational
  /** Of one ticket; see `ticketEv`. */
  readonly ev: Rational
}

/**
 * How many tickets pay a fee: ceil((max(fee, EV) - credit) / EV), none when the credit covers it. An orchestrator wants
 * a credit of one ticket's EV at least.
 *
 * @throws {PreconditionError} TICKET_EV_ZERO
 */
export function numTickets({ credit, fee, ev }: CreditInputs): bigint {
  const minCredit = compareRational(fee, ev) < 0 ? ev : fee
  if (compareRational(credit, minCredit) >= 0) return 0n
  if (compareRational(ev, rational(0n)) <= 0) {
    throw new PreconditionError('TICKET_EV_ZERO', 'no number of tickets of expected value 0 pays a fee')
  }
  return ceilRational(divideRational(subtractRational(minCredit, credit), ev))
}

/** The credit that is left when so many tickets were sent and the fee was taken, in wei. */
export function creditAfter({ credit, fee, ev }: CreditInputs, tickets: bigint): Rational {
  return subtractRational(addRational(credit, multiplyRational(rational(tickets), ev)), fee)
}
