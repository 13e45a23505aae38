import type { Hex } from 'viem'

import { UsageError } from '../errors.ts'
import type { StoredTicket, TicketStore } from './ticket-store.ts'

/** Shorter beginnings are typing errors rather than names. */
const hashOrPrefix = /^0x[0-9a-f]{6,64}$/

/** Whether a word names a ticket by its hash, or the beginning of it. */
export function isTicketName(word: string): boolean {
  return hashOrPrefix.test(word.toLowerCase())
}

/**
 * The ticket that a hash, or the beginning of one, belongs to.
 *
 * @throws {UsageError} TICKET_NOT_FOUND, TICKET_AMBIGUOUS
 */
export async function findTicket(store: TicketStore, name: string): Promise<StoredTicket> {
  const wanted = name.toLowerCase()
  const found: StoredTicket[] = []
  if (isTicketName(wanted)) {
    for await (const ticket of store.list({ hashPrefix: wanted as Hex, limit: 2 })) found.push(ticket)
  }
  const [ticket, another] = found
  if (ticket === undefined) {
    throw ticketNotFound(store, wanted)
  }
  if (another !== undefined) {
    throw new UsageError('TICKET_AMBIGUOUS', `${wanted} is the beginning of more than one ticket`, {
      details: { tickets: [ticket.hash, another.hash] },
      nextSteps: ['write more of it: lp-pay tickets list --json'],
    })
  }
  return ticket
}

/** A private key in the wrong place looks like a whole hash, so it is not repeated. */
export function ticketNotFound(store: Pick<TicketStore, 'location'>, name: string): UsageError {
  const subject = isTicketName(name) && name.length < 66 ? name : 'of that name'
  return new UsageError('TICKET_NOT_FOUND', `the store has no ticket ${subject}`, {
    details: { store: store.location },
    nextSteps: ['lp-pay tickets list'],
  })
}
