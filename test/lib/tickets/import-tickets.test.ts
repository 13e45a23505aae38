import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { maxUint256, zeroHash } from 'viem'

import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { importTickets } from '../../../src/lib/tickets/import-tickets.ts'
import type { ImportOptions, ImportProgress, ImportStore } from '../../../src/lib/tickets/import-tickets.ts'
import { openTicketSource } from '../../../src/lib/tickets/sources/open-ticket-source.ts'
import type { Reject } from '../../../src/lib/tickets/sources/ticket-source.ts'
import { ticketToJson } from '../../../src/lib/tickets/ticket-to-json.ts'
import { makeLoser, makeSignedTicket, makeWinner } from '../../helpers/make-signed-ticket.ts'
import { memoryStore } from './memory-store.ts'
import { inPieces } from './sources/read-all.ts'

const line = (ticket: SignedTicket) => JSON.stringify(ticketToJson(ticket))

async function importLines(lines: readonly string[], store: ImportStore, options: ImportOptions = {}) {
  const source = await openTicketSource({ stream: inPieces(lines.join('\n')) }, { format: 'ndjson' })
  return importTickets(source, store, { threads: 1, ...options })
}

const winners = [1n, 2n, 3n].map((senderNonce) => makeWinner({ senderNonce }))
const [winner] = winners
assert.ok(winner !== undefined)

describe('importTickets', () => {
  it('stores the winners and counts the rest', async () => {
    const store = memoryStore()
    const rejects: Reject[] = []
    const onReject = (reject: Reject) => void rejects.push(reject)
    const lines = [
      line(winner),
      'damaged',
      line(makeLoser()),
      line({ ...winner, faceValue: 1n }),
      line({ ...winner, recipientRand: 1n }),
      ...winners.map(line),
      line(makeSignedTicket({ creationRound: 0n, creationRoundBlockHash: zeroHash })),
    ]
    const report = await importLines(lines, store, { onReject })
    assert.deepEqual(report, {
      complete: true,
      read: 9,
      new: 3,
      known: 1,
      invalid: 4,
      losing: 1,
      expired: null,
    })
    assert.deepEqual(
      [...store.tickets.values()].map(({ ticket }) => ticket),
      winners,
    )
    assert.deepEqual([...store.tickets.keys()], winners.map(ticketHash))
    assert.deepEqual(rejects, [
      { place: { kind: 'line', number: 2 }, reason: 'it is not JSON' },
      {
        place: { kind: 'line', number: 4 },
        reason: "it is not signed by its sender, or not in the contract's form: low s, v 27 or 28",
      },
      { place: { kind: 'line', number: 5 }, reason: 'recipientRand does not match recipientRandHash' },
      { place: { kind: 'line', number: 9 }, reason: 'it has no creation round' },
    ])
    const again = await importLines(lines, store)
    assert.deepEqual(again, {
      complete: true,
      read: 9,
      new: 0,
      known: 4,
      invalid: 4,
      losing: 1,
      expired: null,
    })
  })

  it('stores nothing of nothing', async () => {
    const store = memoryStore()
    const report = await importLines([], store, { round: { currentRound: 1n, ticketValidityPeriod: 2n } })
    assert.deepEqual(report, { complete: true, read: 0, new: 0, known: 0, invalid: 0, losing: 0, expired: 0 })
  })

  it('stores what has expired as that, if it was pending', async () => {
    const store = memoryStore()
    const [old, older, fresh] = [1001n, 1000n, 1002n].map((creationRound) => makeWinner({ creationRound }))
    assert.ok(old !== undefined && older !== undefined && fresh !== undefined)
    const stateOf = (ticket: SignedTicket) => store.tickets.get(ticketHash(ticket))
    await importLines([line(older)], store)
    await store.record([{ hash: ticketHash(older), state: 'final', paidWei: 5n }])
    await importLines([line(old)], store)
    assert.equal(stateOf(old)?.state, 'pending')
    const round = { currentRound: 1003n, ticketValidityPeriod: 2n }
    const report = await importLines([old, older, fresh, old].map(line), store, { round })
    assert.deepEqual(report, { complete: true, read: 4, new: 1, known: 3, invalid: 0, losing: 0, expired: 1 })
    assert.equal(stateOf(old)?.state, 'expired')
    assert.equal(stateOf(old)?.reason, 'round 1002 was its last')
    assert.equal(stateOf(older)?.state, 'final')
    assert.equal(stateOf(fresh)?.state, 'pending')
  })

  it('tells how far it is', async () => {
    const progress: ImportProgress[] = []
    const lines = Array.from({ length: 3000 }, () => 'damaged')
    await importLines(lines, memoryStore(), { onProgress: (at) => void progress.push(at) })
    assert.deepEqual(progress.at(-1), { read: 3000, position: 3000 * 8 - 1, size: undefined })
  })

  it('leaves what was judged in the store when it is stopped', async () => {
    const store = memoryStore()
    const controller = new AbortController()
    async function* endless() {
      for (let nonce = 0n; ; nonce++) {
        await Promise.resolve()
        yield Buffer.from(`${line(makeSignedTicket({ senderNonce: nonce }))}\n`)
      }
    }
    const source = await openTicketSource({ stream: endless() }, { format: 'ndjson' })
    const report = await importTickets(source, store, {
      threads: 1,
      signal: controller.signal,
      onProgress: ({ read }) => {
        if (read >= 4096) controller.abort()
      },
    })
    assert.equal(report.complete, false)
    assert.equal(report.read, report.new)
    assert.equal(store.tickets.size, report.new)
    assert.ok(report.new >= 4096)
  })

  it('stops also while it waits for more', async () => {
    const store = memoryStore()
    const controller = new AbortController()
    async function* idle() {
      yield Buffer.from(`${line(winner ?? assert.fail())}\n`.repeat(200))
      controller.abort()
      await new Promise(() => undefined)
    }
    const source = await openTicketSource({ stream: idle() }, { format: 'ndjson' })
    const report = await importTickets(source, store, { signal: controller.signal })
    assert.deepEqual(report, {
      complete: false,
      read: 0,
      new: 0,
      known: 0,
      invalid: 0,
      losing: 0,
      expired: null,
    })
  })

  it('does nothing when it is stopped before it begins', async () => {
    const report = await importLines([line(winner)], memoryStore(), { signal: AbortSignal.abort() })
    assert.deepEqual(report, {
      complete: false,
      read: 0,
      new: 0,
      known: 0,
      invalid: 0,
      losing: 0,
      expired: null,
    })
  })

  it('waits for whoever writes the rejects aside', async () => {
    let writing = 0
    const onReject = async () => {
      assert.equal(++writing, 1)
      await wait(1)
      writing--
    }
    const report = await importLines(['a', line({ ...winner, faceValue: 1n }), 'b', 'c'], memoryStore(), {
      onReject,
    })
    assert.equal(report.invalid, 4)
  })

  it('fails when the source or the store fails', async () => {
    async function* broken() {
      await Promise.resolve()
      yield Buffer.from(`${line(winner ?? assert.fail())}\n`.repeat(200))
      throw new Error('the disk is gone')
    }
    const source = await openTicketSource({ stream: broken() }, { format: 'ndjson' })
    await assert.rejects(importTickets(source, memoryStore()), { message: 'the disk is gone' })
    const full = { ...memoryStore(), add: () => Promise.reject(new Error('the disk is full')) }
    await assert.rejects(importLines([line(winner)], full), { message: 'the disk is full' })
  })
})

describe('importTickets in threads', function () {
  this.timeout(120_000)

  it('does the same in the same order', async () => {
    const tickets = Array.from({ length: 6000 }, (_, index) => {
      const ticket = makeSignedTicket({ senderNonce: BigInt(index % 5000), winProb: (maxUint256 / 4n) * 3n })
      return index % 11 === 0 ? { ...ticket, faceValue: 7n } : ticket
    })
    const lines = tickets.flatMap((ticket, index) =>
      index % 13 === 0 ? ['damaged', line(ticket)] : [line(ticket)],
    )
    const outcome = async (threads: number) => {
      const store = memoryStore()
      const rejects: Reject[] = []
      const report = await importLines(lines, store, {
        threads,
        onReject: (reject) => void rejects.push(reject),
      })
      return {
        report,
        rejects: rejects.toSorted((a, b) => a.place.number - b.place.number),
        hashes: [...store.tickets.keys()],
      }
    }
    const alone = await outcome(1)
    assert.ok(alone.report.losing > 1000 && alone.report.invalid > 1000 && alone.report.known > 400)
    assert.deepEqual(await outcome(2), alone)
  })
})
