/**
 * Another process on a store. Prints a line of JSON for everything that has resolved.
 *
 * store-worker.ts claim WHERE NAME   claims tickets, two at a time, until none is pending; prints hashes
 * store-worker.ts write WHERE NAME N adds, claims, signs and closes for ever, from creation round N on; prints what is done
 * store-worker.ts lock WHERE         keeps an SQLite file locked
 */
import type { Hex } from 'viem'

import { DatabaseSync } from '@photostructure/sqlite'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { openStore } from '../../src/lib/store/open-store.ts'
import type { StoredTicket, TicketStore } from '../../src/lib/store/ticket-store.ts'
import { makeStoredTicket } from './make-stored-ticket.ts'

const [mode = '', where = '', name = '', firstRound = '0'] = process.argv.slice(2)
const account = devnetAccounts[4].address
/** In one transaction with each other. */
const ticketsPerWrite = 40

const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

async function readPending(store: TicketStore): Promise<StoredTicket[]> {
  const pending: StoredTicket[] = []
  for await (const ticket of store.list({ states: ['pending'] })) pending.push(ticket)
  return pending
}

async function claimAll(store: TicketStore): Promise<void> {
  for (let number = 0; ; number++) {
    const pending = await readPending(store)
    if (pending.length === 0) return
    // The same ones as the others, from either end, as often as not.
    const chosen = (number % 2 === 0 ? pending : pending.reverse()).slice(0, 2)
    const tickets = chosen.map(({ hash }) => hash)
    if (await store.claim({ id: `${name}-${number}`, account, holder: name, tickets })) print(tickets)
  }
}

async function writeForEver(store: TicketStore): Promise<never> {
  for (let number = 0; ; number++) {
    const id = `${name}-${number}`
    // Tells which write a ticket belongs to.
    const creationRound = BigInt(firstRound) + BigInt(number)
    const tickets = Array.from({ length: ticketsPerWrite }, (_, index) => {
      const senderNonce = BigInt(index)
      const { hash, ticket } = makeStoredTicket({ ticket: { senderNonce, creationRound } })
      return { hash, ticket }
    })
    const hashes = tickets.map(({ hash }) => hash)
    await store.add(tickets)
    print({ added: number })
    await store.claim({ id, account, holder: name, tickets: hashes })
    print({ claimed: number })
    const hash: Hex = `0x${'aa'.repeat(32)}`
    await store.recordAttempt(id, number, { hash, signed: `0x${'02'.repeat(5000)}` })
    print({ signed: number })
    await store.closeSubmission(
      id,
      hashes.map((ticket) => ({ hash: ticket, state: 'final', paidWei: 1n, transactionHash: hash })),
      BigInt(ticketsPerWrite),
    )
    print({ closed: number })
  }
}

if (mode === 'lock') {
  const database = new DatabaseSync(where)
  database.exec('BEGIN IMMEDIATE')
  print('locked')
  process.stdin.resume().on('end', () => database.close())
} else {
  const store = await openStore(where)
  print('ready')
  if (mode === 'claim') await claimAll(store)
  else await writeForEver(store)
  await store.close()
}
