import { CheckFailedError, UsageError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import type { ReceiveContext } from '../pm/receive-ticket.ts'
import type { Reject, TicketSource } from './sources/ticket-source.ts'
import { verifyTicket } from './verify-ticket.ts'
import type { TicketVerification } from './verify-ticket.ts'

export interface VerifyReport {
  readonly tickets: readonly TicketVerification[]
  /** What is no ticket at all. */
  readonly unreadable: readonly Reject[]
  /** Whether there are more than are explained. */
  readonly more: boolean
}

/** Who has more wants them imported, not explained. */
const mostExplained = 100

/**
 * Explains every check of the first hundred tickets of a source.
 *
 * @throws {UsageError} TICKETS_MISSING
 */
export async function verifySource(source: TicketSource, known: ReceiveContext = {}): Promise<VerifyReport> {
  const tickets: TicketVerification[] = []
  const unreadable: Reject[] = []
  for await (const { items } of source.chunks()) {
    for (const item of items) {
      if (tickets.length + unreadable.length === mostExplained) return { tickets, unreadable, more: true }
      if ('reason' in item) unreadable.push(item)
      else tickets.push(verifyTicket(item.ticket, known))
    }
  }
  if (tickets.length + unreadable.length === 0) {
    throw new UsageError('TICKETS_MISSING', 'there are no tickets in it', {
      nextSteps: ['give a ticket as JSON, as lp-pay tickets export writes it'],
    })
  }
  return { tickets, unreadable, more: false }
}

/** The error that a report with failed checks amounts to. */
export function failedVerification({ tickets, unreadable }: VerifyReport): LpPayError | undefined {
  const failed = tickets.filter(({ passed }) => !passed).length + unreadable.length
  if (failed === 0) return undefined
  const all = tickets.length + unreadable.length
  const which =
    all === 1 ? 'the ticket is not a valid winner' : `${failed} of ${all} tickets are no valid winners`
  return new CheckFailedError('TICKET_NOT_WINNING', which, { details: { failed, verified: all } })
}
