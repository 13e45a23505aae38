import { PreconditionError } from '../errors.ts'
import { numTickets } from '../pm/credit.ts'
import { addRational, compareRational, multiplyRational, rational, subtractRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** The credit of one session as one side keeps it: the gateway to know what to send, the orchestrator what it has. */
export interface PaymentAccount {
  /** wei, exactly; below zero when the gateway owes */
  readonly credit: Rational
  /** Tickets that were paid in all. */
  readonly tickets: bigint
}

/** A payment of more tickets is refused by go-livepeer's remote signer. */
export const mostTicketsAtOnce = 100n

/** Of a session that has not begun. */
export const emptyAccount: PaymentAccount = { credit: rational(0n), tickets: 0n }

/**
 * The gateway's side before a job: as many tickets as make the credit cover the fee, and one ticket's EV at least
 * (go-livepeer's `newBalanceUpdate`). The fee itself is taken by `debitFee` once it is known.
 *
 * @param payment the fee as it is reckoned, and a ticket's EV, in wei
 * @throws {PreconditionError} TICKET_EV_ZERO, TICKETS_TOO_MANY
 */
export function payFor(
  account: PaymentAccount,
  {
    fee,
    ev,
    most = mostTicketsAtOnce,
  }: { readonly fee: Rational; readonly ev: Rational; readonly most?: bigint },
): { readonly account: PaymentAccount; readonly numTickets: bigint } {
  const tickets = numTickets({ credit: account.credit, fee, ev })
  if (tickets > most) {
    throw new PreconditionError(
      'TICKETS_TOO_MANY',
      `numTickets ${String(tickets)} exceeds maximum of ${String(most)}`,
      { details: { numTickets: tickets, most }, nextSteps: ['it takes tickets of a greater EV'] },
    )
  }
  return { account: creditTickets(account, tickets, ev), numTickets: tickets }
}

/** The orchestrator's side when tickets have arrived, each worth its EV in wei. */
export function creditTickets(
  { credit, tickets }: PaymentAccount,
  count: bigint,
  ev: Rational,
): PaymentAccount {
  return {
    credit: addRational(credit, multiplyRational(rational(count), ev)),
    tickets: tickets + count,
  }
}

/** Either side when the fee is known, in wei. */
export function debitFee({ credit, tickets }: PaymentAccount, fee: Rational): PaymentAccount {
  return { credit: subtractRational(credit, fee), tickets }
}

/**
 * Whether the credit covers an amount of wei. An orchestrator begins a job when it covers one ticket's EV
 * (`SufficientBalance`), and goes on with live video while it covers what is debited (`insufficient balance`).
 */
export function covers({ credit }: PaymentAccount, wei: Rational): boolean {
  return compareRational(credit, wei) >= 0
}
