import assert from 'node:assert/strict'
import type { Hex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { LockHeldError } from '../../../src/lib/errors.ts'
import { defaultPlanOptions } from '../../../src/lib/redemption/plan/plan-redemption.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { makeRedemptionFixture, otherPayer } from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { fund } from '../sender/on-chain.ts'
import { onBothRules } from './scenario.ts'
import { makeWinners } from './winners.ts'

const faceValue = parseWei('0.01')
const inSevens = { planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 7 } }
const [, , , first, second] = devnetAccounts

onBothRules('two redeemers on one store', (scenario) => {
  scenario('share the work, and never submit a ticket twice', async ({ chain, fixture }) => {
    await fund(chain, parseWei('2'), 0n)
    await fixture.add(await makeWinners(chain, 60, () => ({ faceValue })))
    const other = await makeRedemptionFixture(chain.rpcUrl, {
      storeFile: fixture.storeFile,
      account: otherPayer,
    })
    const submitted: Hex[] = []
    await Promise.all([fixture, other].map((one) => redeemAndNote(one, submitted)))
    await fixture.redeem()
    assert.deepEqual(await fixture.states(), { final: 60 })
    assert.equal(new Set(submitted).size, submitted.length)
    assert.deepEqual(await fixture.store.submissions(), [])
    await other.close()
  })

  scenario('never burn a ticket when the funds do not do for all of them', async ({ chain, fixture }) => {
    // Enough for 30 of 40 from the deposit, and two from each recipient's part of the reserve.
    await fund(chain, faceValue * 30n, faceValue * 6n)
    const recipients = [first.address, second.address]
    const tickets = await makeWinners(chain, 40, (index) => ({
      faceValue,
      recipient: recipients[index % 2] ?? first.address,
    }))
    await fixture.add(tickets)
    const other = await makeRedemptionFixture(chain.rpcUrl, {
      storeFile: fixture.storeFile,
      account: otherPayer,
    })
    const submitted: Hex[] = []
    await Promise.all([fixture, other].map((one) => redeemAndNote(one, submitted)))
    await fixture.redeem({}, inSevens)
    const { final = 0, pending = 0 } = await fixture.states()
    assert.equal(final + pending, 40)
    assert.equal(final, 34)
    await other.close()
  })

  scenario('give way where one sends from the account of the other', async ({ chain, fixture }) => {
    await fund(chain, parseWei('2'), 0n)
    await fixture.add(await makeWinners(chain, 30, () => ({ faceValue })))
    const second = await makeRedemptionFixture(chain.rpcUrl, { storeFile: fixture.storeFile })
    const { dataFolder } = fixture.context
    const ends = await Promise.allSettled([
      fixture.redeem({}, inSevens),
      second.redeem({ dataFolder, holder: 'another' }, inSevens),
    ])
    for (const end of ends) {
      const error = end.status === 'rejected' ? (end.reason as unknown) : end.value.failure
      assert.ok(error === undefined || error instanceof LockHeldError, String(error))
    }
    await fixture.redeem({}, inSevens)
    assert.deepEqual(await fixture.states(), { final: 30 })
    await second.close()
  })

  /** Redeems, and notes each ticket of each transaction that was signed. */
  async function redeemAndNote(fixture: RedemptionFixture, submitted: Hex[]): Promise<void> {
    const claims = new Map<string, readonly Hex[]>()
    const { failure } = await fixture.redeem(
      {
        // As if each were a process of its own.
        holder: fixture.context.payer.address,
        store: {
          ...fixture.store,
          async claim(request) {
            claims.set(request.id, request.tickets)
            return fixture.store.claim(request)
          },
          async recordAttempt(id, ...attempt) {
            submitted.push(...(claims.get(id) ?? []))
            return fixture.store.recordAttempt(id, ...attempt)
          },
        },
      },
      inSevens,
    )
    assert.equal(failure, undefined)
  }
})
