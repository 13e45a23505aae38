import type { SignedTicket } from '../pm/ticket.ts'
import { ticketToJson } from './ticket-to-json.ts'

/** A ticket as one line of NDJSON, with the line break. */
export function toTicketLine(ticket: SignedTicket): string {
  return `${JSON.stringify(ticketToJson(ticket))}\n`
}
