import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { zeroHash } from 'viem'
import type { Hex } from 'viem'

import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import type { StoredTicket, TicketStore } from '../../../src/lib/store/ticket-store.ts'
import { importTickets } from '../../../src/lib/tickets/import-tickets.ts'
import { openTicketSource } from '../../../src/lib/tickets/sources/open-ticket-source.ts'
import { ticketToJson } from '../../../src/lib/tickets/ticket-to-json.ts'
import { makeLpdb } from '../../helpers/lpdb.ts'
import { makeLoser, makeSignedTicket } from '../../helpers/make-signed-ticket.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { mortal } from '../../helpers/mortal.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../../dist/lib/')).href
const txHash: Hex = `0x${'cd'.repeat(32)}`

/** Imports a file into a store, and tells of each portion that it has read. */
const program = `
  import { openStore } from '${library}store/open-store.js'
  import { importTickets } from '${library}tickets/import-tickets.js'
  import { openTicketSource } from '${library}tickets/sources/open-ticket-source.js'

  const [file, where] = process.argv.slice(1)
  const store = await openStore(where)
  const source = await openTicketSource({ path: file })
  await importTickets(source, store, { onProgress: ({ read }) => console.log(read) })
  await store.close()
`

describe('importTickets into a store', function () {
  this.timeout(300_000)
  const folder = temporaryFolder()
  const where = () => join(folder.path, 'tickets.sqlite')

  async function stored(store: TicketStore): Promise<StoredTicket[]> {
    const tickets: StoredTicket[] = []
    for await (const ticket of store.list()) tickets.push(ticket)
    return tickets
  }

  it("takes every winner of go-livepeer's database, whatever the node thinks of it", async () => {
    const path = join(folder.path, 'lpdb.sqlite3')
    const tickets = Array.from({ length: 20 }, (_, index) =>
      makeSignedTicket({ senderNonce: BigInt(index), creationRound: 1000n + BigInt(index % 4) }),
    )
    const [first, second] = tickets
    assert.ok(first !== undefined && second !== undefined)
    const lpdb = makeLpdb(path)
    lpdb.insert([...tickets, makeLoser()])
    lpdb.markRedeemed(first, txHash)
    lpdb.markRedeemed(second, zeroHash)
    const round = { currentRound: 1003n, ticketValidityPeriod: 2n }
    const store = await openStore(where())
    const source = await openTicketSource({ path })
    const report = await importTickets(source, store, { round })
    assert.deepEqual(report, {
      complete: true,
      read: 21,
      new: 20,
      known: 0,
      invalid: 0,
      losing: 1,
      expired: 10,
    })
    const found = await stored(store)
    assert.deepEqual(found.map(({ hash }) => hash).toSorted(), tickets.map(ticketHash).toSorted())
    for (const { hash, ticket, state, reason } of found) {
      assert.equal(ticketHash(ticket), hash)
      assert.equal(state, ticket.creationRound > 1001n ? 'pending' : 'expired')
      if (state === 'expired') assert.equal(reason, `round ${String(ticket.creationRound + 1n)} was its last`)
    }
    await source.close()
    await store.close()
    lpdb.close()
  })

  it('keeps tickets as odd as the contract allows', async () => {
    const odd = [
      makeSignedTicket({
        creationRound: 2n ** 256n - 1n,
        senderNonce: 2n ** 256n - 1n,
        faceValue: 2n ** 256n - 1n,
      }),
      makeSignedTicket({
        faceValue: 0n,
        recipientRand: 0n,
        senderNonce: 0n,
        creationRoundBlockHash: zeroHash,
      }),
    ]
    const path = join(folder.path, 'tickets.ndjson')
    await writeFile(path, odd.map((ticket) => JSON.stringify(ticketToJson(ticket))).join('\n'))
    const store = await openStore(where())
    const source = await openTicketSource({ path })
    const report = await importTickets(source, store, {
      round: { currentRound: 5n, ticketValidityPeriod: 2n },
    })
    assert.deepEqual([report.new, report.expired], [2, 0])
    for (const ticket of odd) assert.deepEqual((await store.get(ticketHash(ticket)))?.ticket, ticket)
    await source.close()
    await store.close()
  })

  it('leaves a store that a second import completes when it is killed', async () => {
    const count = 12_000
    const path = join(folder.path, 'tickets.ndjson')
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify(ticketToJson(makeSignedTicket({ senderNonce: BigInt(index) }))),
    )
    await writeFile(path, lines.join('\n'))
    let before = 0
    for (const killedAt of [2_000, 5_000, 9_000]) {
      const words = ['--input-type=module', '--eval', program, '--', path, where()]
      const child = mortal(spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] }))
      const ended = once(child, 'exit')
      for await (const read of createInterface({ input: child.stdout })) {
        if (Number(read) >= killedAt) child.kill('SIGKILL')
      }
      await ended
      const store = await openStore(where())
      const found = await stored(store)
      assert.ok(found.length >= before && found.every(({ state }) => state === 'pending'))
      before = found.length
      await store.close()
    }
    assert.ok(before > 0)
    const store = await openStore(where())
    const source = await openTicketSource({ path })
    const report = await importTickets(source, store)
    assert.deepEqual(report, {
      complete: true,
      read: count,
      new: count - before,
      known: before,
      invalid: 0,
      losing: 0,
      expired: null,
    })
    assert.equal((await stored(store)).length, count)
    await source.close()
    await store.close()
  })
})
