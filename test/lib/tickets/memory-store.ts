import type { Hex } from 'viem'

import type { StoredTicket } from '../../../src/lib/store/ticket-store.ts'
import type { ImportStore } from '../../../src/lib/tickets/import-tickets.ts'

/** As much of a store as an import uses, in memory. */
export function memoryStore(): ImportStore & { readonly tickets: Map<Hex, StoredTicket> } {
  const tickets = new Map<Hex, StoredTicket>()
  return {
    tickets,
    add: (added) => {
      const before = tickets.size
      for (const { hash, ticket } of added) {
        if (tickets.has(hash)) continue
        tickets.set(hash, { hash, ticket, state: 'pending', feeWei: 0n, addedAt: '2026-08-01T00:00:00Z' })
      }
      return Promise.resolve(tickets.size - before)
    },
    get: (hash) => Promise.resolve(tickets.get(hash)),
    record: (outcomes) => {
      for (const outcome of outcomes) {
        const known = tickets.get(outcome.hash)
        if (known !== undefined) tickets.set(outcome.hash, { ...known, ...outcome })
      }
      return Promise.resolve()
    },
  }
}
