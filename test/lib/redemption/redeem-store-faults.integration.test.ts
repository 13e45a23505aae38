import assert from 'node:assert/strict'

import { openSqlite } from '../../../src/lib/store/sqlite-database.ts'
import { migrate } from '../../../src/lib/store/migrations.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import { createTicketStore } from '../../../src/lib/store/sql-ticket-store.ts'
import type { TicketStore } from '../../../src/lib/store/ticket-store.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import {
  assertAgreement,
  interferingPayer,
  makeRedemptionFixture,
  payer,
  redemptionsOnChain,
} from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { startWorker } from '../store/processes.ts'
import { makeWinners } from './winners.ts'

/** One batch, so large that writing down what became of it takes room. */
const tickets = 60
const faceValue = parseWei('0.01')
const patienceMs = 200

describe('a redemption whose store', () => {
  const chain = useTestDevnet()
  let fixture: RedemptionFixture

  beforeEach(async () => {
    fixture = await makeRedemptionFixture(chain.rpcUrl)
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, tickets, () => ({ faceValue })))
  })
  afterEach(() => fixture.close())

  it('another process keeps locked for a while', async () => {
    let unlocked: Promise<unknown> | undefined
    const slowed = interferingPayer(async () => {
      const unlock = await lockStore()
      setTimeout(() => {
        unlocked = unlock()
      }, 1500)
    })
    const { result } = await fixture.redeem({ payer: slowed })
    assert.equal(result.totals.redeemedTickets, tickets)
    await unlocked
    await assertAllDone()
  }).timeout(90_000)

  it('another process keeps locked when it signs: nothing is sent', async () => {
    let unlock = () => Promise.resolve<unknown>(undefined)
    const locked = interferingPayer(async () => {
      unlock = await lockStore()
    })
    await withStore(async (store) => {
      await assert.rejects(fixture.redeem({ store, payer: locked }), { code: 'STORE_LOCKED' })
    })
    assert.deepEqual(await openJournal(fixture.context.dataFolder).all(), [])
    assert.deepEqual(await redemptionsOnChain(chain), [])
    await unlock()
    const { result } = await fixture.redeem()
    assert.deepEqual([result.totals.redeemedTickets, result.batches[0]?.byEarlierRun], [tickets, false])
    await assertAllDone()
  }).timeout(90_000)

  it('another process keeps locked once it has signed: the next run writes down what became of it', async () => {
    let unlock = () => Promise.resolve<unknown>(undefined)
    await withStore(async (store) => {
      const locked = afterSigning(store, async () => {
        unlock = await lockStore()
      })
      await assert.rejects(fixture.redeem({ store: locked }), { code: 'STORE_LOCKED' })
    })
    assert.deepEqual(await fixture.states(), { submitted: tickets })
    await unlock()
    await settles()
  }).timeout(90_000)

  it('has no room left when it signs: nothing is sent', async () => {
    await withSmallDisk(async (store, fill) => {
      await assert.rejects(fixture.redeem({ store, payer: interferingPayer(fill) }), { code: 'STORE_FULL' })
    })
    assert.deepEqual(await redemptionsOnChain(chain), [])
    assert.deepEqual(await openJournal(fixture.context.dataFolder).all(), [])
    await fixture.redeem()
    await assertAllDone()
  })

  it('has no room left once it has signed: the next run writes down what became of it', async () => {
    await withSmallDisk(async (store, fill) => {
      const filled = afterSigning(store, fill)
      await assert.rejects(fixture.redeem({ store: filled }), { code: 'STORE_FULL' })
    })
    assert.deepEqual(await fixture.states(), { submitted: tickets })
    await settles()
  })

  /** The next run finds the transaction mined, and sends nothing. */
  async function settles(): Promise<void> {
    assert.equal((await redemptionsOnChain(chain)).length, tickets)
    const { result } = await fixture.redeem()
    assert.deepEqual(
      result.batches.map(({ byEarlierRun, outcome }) => [byEarlierRun, outcome]),
      [[true, 'final']],
    )
    assert.equal(result.totals.redeemedTickets, tickets)
    await assertAllDone()
  }

  async function assertAllDone(): Promise<void> {
    assert.deepEqual(await fixture.states(), { final: tickets })
    assert.deepEqual(await fixture.store.submissions(), [])
    await assertAgreement(chain, fixture.store)
    const journal = openJournal(fixture.context.dataFolder)
    assert.deepEqual(await journal.open(fixture.connection.chainKey, payer.address), [])
    assert.equal((await journal.all()).length, 1)
  }

  /** As another process; until it is called off. */
  async function lockStore(): Promise<() => Promise<unknown>> {
    const { child, lines, ended } = startWorker('lock', fixture.storeFile)
    await lines.next()
    return () => {
      child.stdin.end()
      return ended
    }
  }

  /** A store with little patience. */
  async function withStore(use: (store: TicketStore) => Promise<void>): Promise<void> {
    const store = await openStore(fixture.storeFile, { patienceMs })
    await use(store)
    await store.close()
  }

  /** A store whose disk can be made full: its file may not grow any more. */
  async function withSmallDisk(
    use: (store: TicketStore, fill: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const database = await openSqlite(fixture.storeFile, patienceMs)
    await migrate(database)
    const store = createTicketStore(database)
    await use(store, async () => {
      // Less than it has means no more than it has.
      await database.write((queries) => queries.all('PRAGMA max_page_count = 1'))
    })
    await store.close()
  }
})

/** A store to which something happens between the signature and everything after it. */
function afterSigning(store: TicketStore, interfere: () => Promise<void>): TicketStore {
  return {
    ...store,
    async recordAttempt(...attempt) {
      const recorded = await store.recordAttempt(...attempt)
      await interfere()
      return recorded
    },
  }
}
