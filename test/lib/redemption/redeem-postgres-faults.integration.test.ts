import assert from 'node:assert/strict'

import { openJournal } from '../../../src/lib/tx/journal.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { inDatabase, makeDatabase, postgresUrl } from '../../helpers/postgres.ts'
import {
  assertAgreement,
  interferingPayer,
  makeRedemptionFixture,
  redemptionsOnChain,
} from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { makeWinners } from './winners.ts'

const tickets = 20

describe('a redemption whose PostgreSQL goes away', () => {
  const chain = useTestDevnet()
  let url = ''
  let fixture: RedemptionFixture

  beforeEach(async () => {
    url = await makeDatabase()
    fixture = await makeRedemptionFixture(chain.rpcUrl, { storeFile: url })
    await fund(chain, parseWei('1'), 0n)
    await fixture.add(await makeWinners(chain, tickets, () => ({ faceValue: parseWei('0.01') })))
  })
  afterEach(() => fixture.close())

  it('when it signs: nothing is sent', async () => {
    await assert.rejects(fixture.redeem({ payer: interferingPayer(() => close()) }), isStoreFailure)
    assert.deepEqual(await redemptionsOnChain(chain), [])
    assert.deepEqual(await openJournal(fixture.context.dataFolder).all(), [])
    await open()
    const { result } = await fixture.redeem()
    assert.equal(result.totals.redeemedTickets, tickets)
    await assertAllDone()
  })

  it('once it has signed: the next run writes down what became of it', async () => {
    const { store } = fixture
    const failing = {
      ...store,
      async recordAttempt(...attempt: Parameters<typeof store.recordAttempt>) {
        const recorded = await store.recordAttempt(...attempt)
        await close()
        return recorded
      },
    }
    await assert.rejects(fixture.redeem({ store: failing }), isStoreFailure)
    await open()
    assert.deepEqual(await fixture.states(), { submitted: tickets })
    const { result } = await fixture.redeem()
    assert.deepEqual(
      result.batches.map(({ byEarlierRun, outcome }) => [byEarlierRun, outcome]),
      [[true, 'final']],
    )
    await assertAllDone()
  })

  /** Ends every connection to the database, and lets in no other. */
  async function close(): Promise<void> {
    const name = new URL(url).pathname.slice(1)
    await inDatabase(
      await postgresUrl(),
      `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    )
  }

  async function open(): Promise<void> {
    const name = new URL(url).pathname.slice(1)
    await inDatabase(await postgresUrl(), `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
  }

  async function assertAllDone(): Promise<void> {
    assert.deepEqual(await fixture.states(), { final: tickets })
    assert.deepEqual(await fixture.store.submissions(), [])
    assert.equal((await redemptionsOnChain(chain)).length, tickets)
    await assertAgreement(chain, fixture.store)
  }
})

function isStoreFailure(error: unknown): boolean {
  const { code } = error as { readonly code?: string }
  assert.match(String(code), /^STORE_/)
  return true
}
