import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import type { StoredTicket } from '../../src/lib/store/ticket-store.ts'
import { makeTicket, recipientRand } from './make-ticket.ts'

export interface StoredChanges extends Partial<Omit<StoredTicket, 'hash' | 'ticket'>> {
  readonly ticket?: Partial<SignedTicket>
}

/** A pending ticket as a store gives it, with a signature that is none. */
export function makeStoredTicket({ ticket: fields, ...changes }: StoredChanges = {}): StoredTicket {
  const ticket = { ...makeTicket(), sig: `0x${'5a'.repeat(65)}`, recipientRand, ...fields } as const
  return {
    hash: ticketHash(ticket),
    ticket,
    state: 'pending',
    feeWei: 0n,
    addedAt: '2026-08-01T12:00:00.000Z',
    ...changes,
  }
}
