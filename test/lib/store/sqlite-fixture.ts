import { join } from 'node:path'

import type { Hex } from 'viem'

import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import type { TicketStore } from '../../../src/lib/store/ticket-store.ts'
import { makeStoredTicket } from '../../helpers/make-stored-ticket.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

export interface StoreFixture {
  readonly store: TicketStore
  /** Adds tickets of these fields, and gives their hashes. */
  add(...fields: readonly Partial<SignedTicket>[]): Promise<Hex[]>
}

/** A store in a file of its own for each test of the surrounding suite. */
export function useStore(): StoreFixture {
  const folder = temporaryFolder()
  let opened: TicketStore | undefined
  beforeEach(async () => {
    opened = await openStore(join(folder.path, 'tickets', 'test.sqlite3'))
  })
  afterEach(() => opened?.close())
  const store = () => {
    if (opened === undefined) throw new Error('the store is open only in tests')
    return opened
  }
  return {
    get store() {
      return store()
    },
    async add(...fields) {
      const tickets = fields.map((ticket) => makeStoredTicket({ ticket }).ticket)
      const added = tickets.map((ticket) => ({ hash: ticketHash(ticket), ticket }))
      await store().add(added)
      return added.map(({ hash }) => hash)
    },
  }
}
