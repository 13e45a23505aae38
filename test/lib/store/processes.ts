import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

import type { Hex } from 'viem'

import { openStore } from '../../../src/lib/store/open-store.ts'
import type { TicketState, TicketStore } from '../../../src/lib/store/ticket-store.ts'
import { collect, makeNewTickets } from './conformance.ts'
import type { StorePlace } from './conformance.ts'
import { mortal } from '../../helpers/mortal.ts'

/** A place whose stores may be tampered with. */
export interface OpenPlace extends StorePlace {
  /** Runs SQL as another program would. */
  execute(where: string, sql: string): Promise<void>
  /** Keeps writers out, as another process; until it is called off. */
  lock(where: string): Promise<() => Promise<unknown>>
}

const script = join(import.meta.dirname, '..', '..', 'helpers', 'store-worker.ts')

interface Worker {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly lines: AsyncIterableIterator<string>
  readonly ended: Promise<unknown>
}

export function startWorker(...args: readonly string[]): Worker {
  const child = mortal(
    spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  return {
    child,
    lines: createInterface(child.stdout)[Symbol.asyncIterator](),
    ended: once(child, 'exit'),
  }
}

/** What holds between processes, and when one of them dies. */
export function itIsSharedByProcesses(place: OpenPlace): void {
  it('waits for another writer, and says so when it has waited for too long; readers need not wait', async () => {
    const where = await place.fresh()
    const store = await openStore(where, { patienceMs: 200 })
    await store.add(makeNewTickets(1))
    const unlock = await place.lock(where)
    await assert.rejects(store.add(makeNewTickets(2)), {
      name: 'LockHeldError',
      code: 'STORE_LOCKED',
      message: `another process keeps the store ${store.location} locked`,
    })
    assert.equal((await collect(store)).length, 1)
    assert.deepEqual(await store.submissions(), [])
    const patient = await openStore(where)
    const added = patient.add(makeNewTickets(2))
    await unlock()
    assert.equal(await added, 1)
    await Promise.all([store.close(), patient.close()])
  })

  it('leaves a store that a newer lp-pay has made as it is', async () => {
    const where = await place.fresh()
    const store = await openStore(where)
    await place.execute(where, 'UPDATE lp_pay_store SET version = 99')
    await assert.rejects(openStore(where), {
      name: 'ConfigurationError',
      code: 'STORE_NEWER',
      message: `a newer lp-pay has made the store ${store.location}`,
      details: { store: store.location, version: 99, newestKnown: 1 },
    })
    await place.execute(where, 'UPDATE lp_pay_store SET version = 1')
    await (await openStore(where)).close()
    await store.close()
  })

  it('gives a ticket to one of three processes that claim at once', async () => {
    const where = await place.fresh()
    const store = await openStore(where)
    const tickets = makeNewTickets(120).map(({ hash, ticket }) => ({ hash, ticket }))
    await store.add(tickets)
    const taken = (
      await Promise.all(
        ['a', 'b', 'c'].map(async (name) => {
          const worker = startWorker('claim', where, name)
          const claimed: Hex[] = []
          for await (const line of worker.lines) {
            if (line !== '"ready"') claimed.push(...(JSON.parse(line) as Hex[]))
          }
          assert.deepEqual(await worker.ended, [0, null])
          return claimed
        }),
      )
    ).flat()
    assert.deepEqual(taken.sort(), tickets.map(({ hash }) => hash).sort())
    const submissions = await store.submissions()
    assert.deepEqual(submissions.flatMap((submission) => submission.tickets).sort(), taken)
    await store.close()
  })

  it('is whole, and has all that was said to be done, when a writer is killed at any moment', async () => {
    const where = await place.fresh()
    const kept = await openStore(where)
    for (let round = 0; round < 6; round++) {
      const worker = startWorker('write', where, `writer-${round}`, String(round * roundsPerWriter))
      const done: Done = { added: -1, claimed: -1, signed: -1, closed: -1 }
      let linesLeft = 3 + Math.floor(Math.random() * 40)
      for await (const line of worker.lines) {
        if (line !== '"ready"') Object.assign(done, JSON.parse(line))
        if (--linesLeft > 0) continue
        // In the middle of whatever comes next.
        setTimeout(() => worker.child.kill('SIGKILL'), Math.random() * 10)
      }
      await worker.ended
      const store = await openStore(where)
      await assertWhole(store, done, round)
      await store.close()
    }
    await kept.close()
  })
}

/** The number of the last write of each kind that has resolved. */
type Done = Record<'added' | 'claimed' | 'signed' | 'closed', number>

const roundsPerWriter = 1_000_000
const ticketsPerWrite = 40

async function assertWhole(store: TicketStore, done: Done, round: number): Promise<void> {
  // A server may still be ending what the killed one began; writers take turns.
  await store.giveUpClaim('none')
  const submissions = await store.submissions()
  const submitted = new Set(submissions.flatMap(({ tickets }) => tickets))
  const writes = new Map<number, TicketState[]>()
  for (const { hash, ticket, state, feeWei } of await collect(store)) {
    const number = Number(ticket.creationRound)
    writes.set(number, [...(writes.get(number) ?? []), state])
    assert.equal(submitted.has(hash), state === 'submitted')
    assert.equal(feeWei, state === 'final' ? 1n : 0n)
  }
  for (const states of writes.values()) {
    assert.equal(states.length, ticketsPerWrite, 'a write is there as a whole')
    assert.equal(new Set(states).size, 1, 'tickets of one write share their state')
  }
  for (let number = 0; number <= done.added; number++) {
    const state = writes.get(round * roundsPerWriter + number)?.[0]
    const allowed: readonly (TicketState | undefined)[] =
      number <= done.closed
        ? ['final']
        : number <= done.claimed
          ? ['submitted', 'final']
          : ['pending', 'submitted', 'final']
    assert.ok(allowed.includes(state), `write ${number} is ${state}`)
  }
  for (const { holder, attempts, state } of submissions) {
    for (const { signed } of attempts) assert.equal(signed, `0x${'02'.repeat(5000)}`)
    assert.equal(attempts.length, state === 'signed' ? 1 : 0)
    if (holder === `writer-${round}` && done.signed > done.closed) assert.equal(state, 'signed')
  }
}
