import assert from 'node:assert/strict'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { maxUint256, zeroHash } from 'viem'
import type { Hex } from 'viem'

import { openTicketSource } from '../../../../src/lib/tickets/sources/open-ticket-source.ts'
import { makeLpdb } from '../../../helpers/lpdb.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'
import { temporaryFolder } from '../../files/temporary-folder.ts'
import { brief, inPieces, readAll } from './read-all.ts'

const txHash: Hex = `0x${'cd'.repeat(32)}`

describe("go-livepeer's database", () => {
  const folder = temporaryFolder()
  const file = () => join(folder.path, 'lpdb.sqlite3')

  it('gives its tickets as they were put in', async () => {
    const tickets = [
      makeSignedTicket({ senderNonce: 1n }),
      makeSignedTicket({ senderNonce: 2n, faceValue: 0n, winProb: 0n, recipientRand: 0n }),
      makeSignedTicket({ senderNonce: 3n, winProb: maxUint256 >> 8n, recipientRand: 255n }),
      makeSignedTicket({
        senderNonce: 2n ** 32n - 1n,
        winProb: maxUint256,
        recipientRand: maxUint256,
        creationRound: 2n ** 62n,
      }),
      makeSignedTicket({ creationRound: 0n, creationRoundBlockHash: zeroHash }),
    ]
    const lpdb = makeLpdb(file())
    lpdb.insert(tickets)
    lpdb.close()
    const { items, ...source } = await readAll({ path: file() })
    assert.deepEqual(
      items,
      tickets.map((ticket, index) => ({ place: { kind: 'row', number: index + 1 }, ticket })),
    )
    assert.deepEqual(source, { format: 'lpdb', chainId: 42161n, size: 5, position: 5 })
  })

  it('gives also what the node takes for redeemed', async () => {
    const [waiting, redeemed, lost] = [1n, 2n, 3n].map((senderNonce) => makeSignedTicket({ senderNonce }))
    assert.ok(waiting !== undefined && redeemed !== undefined && lost !== undefined)
    const lpdb = makeLpdb(file(), { chainId: 1337 })
    lpdb.insert([waiting, redeemed, lost])
    lpdb.markRedeemed(redeemed, txHash)
    lpdb.markRedeemed(lost, zeroHash)
    lpdb.close()
    const { items, chainId } = await readAll({ path: file() })
    assert.deepEqual(brief(items), [
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    assert.equal(chainId, 1337n)
  })

  it('is read page by page, past rows that are gone', async () => {
    const lpdb = makeLpdb(file())
    const tickets = Array.from({ length: 2500 }, (_, index) =>
      makeSignedTicket({ senderNonce: BigInt(index) }),
    )
    lpdb.insert(tickets)
    lpdb.database.exec('DELETE FROM ticketQueue WHERE rowid % 5 = 0')
    lpdb.close()
    const { items, size } = await readAll({ path: file() })
    assert.equal(size, 2000)
    assert.deepEqual(
      brief(items),
      tickets.map((_, index) => [index + 1, index]).filter(([row = 0]) => row % 5 !== 0),
    )
  })

  it('may be written to while it is read, and is not changed by reading', async () => {
    const lpdb = makeLpdb(file())
    lpdb.insert(Array.from({ length: 1500 }, (_, index) => makeSignedTicket({ senderNonce: BigInt(index) })))
    const before = await readFile(file())
    const source = await openTicketSource({ path: file() })
    const rows: number[] = []
    let written = 0n
    for await (const { items } of source.chunks()) {
      if (rows.length === 0) assert.deepEqual(await readFile(file()), before)
      rows.push(...items.map(({ place }) => place.number))
      // Would fail at once if a reader still had its lock.
      lpdb.database.exec('PRAGMA busy_timeout = 0')
      if (written < 3n) lpdb.insert([makeSignedTicket({ senderNonce: 5000n + written++ })])
    }
    await source.close()
    lpdb.close()
    assert.deepEqual(
      rows,
      Array.from({ length: 1503 }, (_, index) => index + 1),
    )
    assert.deepEqual(await readdir(folder.path), ['lpdb.sqlite3'])
  })

  it('is waited for while the node writes', async () => {
    const lpdb = makeLpdb(file())
    lpdb.insert([makeSignedTicket()])
    lpdb.database.exec('BEGIN EXCLUSIVE')
    const reading = readAll({ path: file() })
    setTimeout(() => lpdb.database.exec('COMMIT'), 600)
    assert.equal((await reading).items.length, 1)
    lpdb.close()
  })

  it('gives the good rows between damaged ones', async () => {
    const lpdb = makeLpdb(file())
    lpdb.insert(Array.from({ length: 9 }, (_, index) => makeSignedTicket({ senderNonce: BigInt(index) })))
    const damage = (row: number, column: string, value: string) =>
      lpdb.database.exec(`UPDATE ticketQueue SET ${column} = ${value} WHERE rowid = ${String(row)}`)
    damage(1, 'sender', 'NULL')
    damage(2, 'faceValue', 'zeroblob(100000000)')
    damage(3, 'senderNonce', "'many'")
    damage(4, 'recipientRandHash', '5')
    damage(5, 'sig', "x'00'")
    damage(6, 'recipient', "'0x' || x'1b5b324a'")
    damage(7, 'creationRound', '-1')
    damage(8, 'winProb', "'7'")
    lpdb.close()
    const { items } = await readAll({ path: file() })
    assert.deepEqual(brief(items), [
      [1, 'sender is missing'],
      [2, 'faceValue is not a whole number in decimal or 0x hex'],
      [3, 'senderNonce is missing'],
      [4, 'recipientRandHash is missing'],
      [5, 'sig is not 0x and 65 bytes of hex'],
      [6, 'recipient is not 0x and 20 bytes of hex'],
      [7, 'creationRound is not a whole number in decimal or 0x hex'],
      [8, 'winProb is missing'],
      [9, 8],
    ])
  })

  it('of a later version is refused', async () => {
    makeLpdb(file(), { dbVersion: 2 }).close()
    await assert.rejects(readAll({ path: file() }), {
      code: 'LPDB_TOO_NEW',
      message: `${file()} is of a version of go-livepeer's database that lp-pay does not know`,
      details: { path: file(), version: 2n, known: 1n },
    })
  })

  it('needs no chain id', async () => {
    const lpdb = makeLpdb(file())
    lpdb.database.exec("DELETE FROM kv WHERE key = 'chainID'")
    lpdb.close()
    assert.equal((await readAll({ path: file() })).chainId, undefined)
  })

  it('is told from other databases', async () => {
    const other = new DatabaseSync(file())
    other.exec('CREATE TABLE kv (key, value); CREATE VIEW ticketQueue AS SELECT 1 AS sender')
    other.close()
    await assert.rejects(readAll({ path: file() }), {
      code: 'LPDB_WITHOUT_TICKETS',
      message: `${file()} is a database, but not go-livepeer's`,
    })
  })

  it('is refused when it was left in the middle of a write', async () => {
    const lpdb = makeLpdb(file())
    lpdb.database.exec('PRAGMA cache_size = 1; BEGIN')
    const insert = lpdb.database.prepare('INSERT INTO ticketQueue(sig, sender) VALUES (?, ?)')
    for (let row = 0; row < 5000; row++) insert.run(Buffer.from(String(row)), 'x'.repeat(100))
    const copy = join(folder.path, 'copy.sqlite3')
    await copyFile(file(), copy)
    await copyFile(`${file()}-journal`, `${copy}-journal`)
    lpdb.close()
    await assert.rejects(readAll({ path: copy }), {
      code: 'LPDB_UNREADABLE',
      message: `${copy} was left in the middle of a write`,
      nextSteps: [
        'start the node once: it repairs the file',
        'copy the file and copy.sqlite3-journal, and open the copy with sqlite3',
      ],
    })
  })

  it('is refused when it is damaged or no database', async () => {
    await writeFile(file(), 'SQLite format 3\0 and then something else')
    await assert.rejects(readAll({ path: file() }), { code: 'LPDB_UNREADABLE' })
    await assert.rejects(readAll({ path: join(folder.path, 'none') }, { format: 'lpdb' }), {
      code: 'LPDB_UNREADABLE',
    })
    await assert.rejects(readAll({ path: folder.path }, { format: 'lpdb' }), { code: 'LPDB_UNREADABLE' })
  })

  it('cannot come from a stream', async () => {
    makeLpdb(file()).close()
    const refused = { code: 'TICKETS_FORMAT_NEEDS_FILE', message: 'a database cannot be read from a stream' }
    await assert.rejects(readAll({ stream: inPieces(await readFile(file())) }), refused)
    await assert.rejects(readAll({ stream: inPieces('') }, { format: 'lpdb' }), refused)
  })
})

describe('a file of tickets', () => {
  const folder = temporaryFolder()

  it('is refused when it is not there or cannot be read', async () => {
    const path = join(folder.path, 'none')
    await assert.rejects(readAll({ path }), {
      code: 'TICKETS_UNREADABLE',
      message: `there is no file ${path}`,
    })
    await assert.rejects(readAll({ path: folder.path }), {
      code: 'TICKETS_UNREADABLE',
      message: `${folder.path} cannot be read`,
    })
  })

  it('has a size, in which every position lies', async () => {
    const path = join(folder.path, 'tickets')
    await writeFile(path, 'x\n'.repeat(300_000))
    const { size, position, items } = await readAll({ path }, { format: 'ndjson' })
    assert.deepEqual([size, position, items.length], [600_000, 600_000, 300_000])
  })
})
