import { describeTicket } from './describe-ticket.ts'
import type { TicketReport } from './describe-ticket.ts'
import type { TicketFilter, TicketStore } from './ticket-store.ts'

export interface TicketList {
  /** Where the store is. */
  readonly store: string
  readonly tickets: readonly TicketReport[]
  /** Whether the limit has cut the list. */
  readonly more: boolean
}

/** The tickets that pass a filter, by creation round and hash, up to its limit. */
export async function listTickets(
  store: TicketStore,
  filter: TicketFilter & { readonly limit: number },
): Promise<TicketList> {
  const tickets: TicketReport[] = []
  for await (const ticket of store.list({ ...filter, limit: filter.limit + 1 })) {
    if (tickets.length === filter.limit) return { store: store.location, tickets, more: true }
    tickets.push(describeTicket(ticket))
  }
  return { store: store.location, tickets, more: false }
}
