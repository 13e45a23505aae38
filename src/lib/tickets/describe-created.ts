import type { SignedTicket } from '../pm/ticket.ts'
import { ticketToJson } from './ticket-to-json.ts'
import type { TicketJson } from './ticket-to-json.ts'

export interface CreatedReport {
  readonly count: number
  /** How many signatures it took: more than there are tickets where only winners were kept. */
  readonly signed: number
  /** The file that they were written to. */
  readonly output: string | null
  /** Empty when they were written to a file. */
  readonly tickets: readonly TicketJson[]
}

export function describeCreated(
  tickets: readonly SignedTicket[],
  signed: number,
  output: string | undefined,
): CreatedReport {
  return {
    count: tickets.length,
    signed,
    output: output ?? null,
    tickets: output === undefined ? tickets.map(ticketToJson) : [],
  }
}
