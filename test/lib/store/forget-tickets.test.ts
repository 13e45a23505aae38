import assert from 'node:assert/strict'

import type { Hex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { chooseToForget, forgetTickets } from '../../../src/lib/store/forget-tickets.ts'
import type { ForgetRequest } from '../../../src/lib/store/forget-tickets.ts'
import { useStore } from './sqlite-fixture.ts'

const [, gateway, otherGateway] = devnetAccounts

describe('forgetTickets', () => {
  const fixture = useStore()

  const choose = (request: Partial<ForgetRequest>) =>
    chooseToForget(fixture.store, { names: [], expired: false, ...request })
  const stateOf = async (hash: Hex) => (await fixture.store.get(hash))?.state

  async function failure(request: Partial<ForgetRequest>) {
    try {
      await choose(request)
    } catch (error) {
      assert.ok(error instanceof LpPayError)
      return { code: error.code, exitCode: error.exitCode }
    }
    return assert.fail('they were chosen')
  }

  /** One of each: pending, pending of another sender, expired, invalid, used elsewhere. */
  async function fill(): Promise<readonly [Hex, Hex, Hex, Hex, Hex]> {
    const [a, b, c, d, e] = await fixture.add(
      { senderNonce: 1n, faceValue: 1n },
      { senderNonce: 2n, faceValue: 20n, sender: otherGateway.address },
      { senderNonce: 3n, faceValue: 300n },
      { senderNonce: 4n, faceValue: 4000n },
      { senderNonce: 5n, faceValue: 50_000n },
    )
    if (!(a && b && c && d && e)) assert.fail('not all were added')
    await fixture.store.record([
      { hash: c, state: 'expired', reason: 'expired in round 7' },
      { hash: d, state: 'invalid', reason: 'no signature' },
      { hash: e, state: 'usedElsewhere' },
    ])
    return [a, b, c, d, e]
  }

  it('forgets tickets by name, once', async () => {
    const [a, , c, d] = await fill()
    const chosen = await choose({ names: [a.slice(0, 14), c, d, c] })
    assert.deepEqual(chosen, {
      hashes: [a, c, d],
      faceValueWei: 4301n,
      pending: { tickets: 1, faceValueWei: 1n },
    })
    const { location } = fixture.store
    assert.deepEqual(await forgetTickets(fixture.store, chosen), {
      store: location,
      forgotten: 3,
      faceValueWei: 4301n,
      kept: 0,
    })
    assert.deepEqual(await Promise.all([a, c, d].map(stateOf)), ['forgotten', 'forgotten', 'forgotten'])
    assert.deepEqual((await choose({ names: [a] })).hashes, [])
  })

  it('forgets what is pending of a sender, or has expired', async () => {
    const [a, b, c] = await fill()
    assert.deepEqual((await choose({ sender: gateway.address })).hashes, [a])
    assert.deepEqual((await choose({ sender: otherGateway.address })).hashes, [b])
    assert.deepEqual((await choose({ expired: true })).hashes, [c])
    assert.deepEqual((await choose({ expired: true, sender: otherGateway.address })).hashes, [])
  })

  it('leaves alone what a redeemer has taken meanwhile', async () => {
    const [a, b] = await fill()
    const chosen = await choose({ names: [a, b] })
    const claim = { id: 'one', account: gateway.address, holder: 'test', tickets: [a] }
    assert.ok(await fixture.store.claim(claim))
    const { forgotten, kept } = await forgetTickets(fixture.store, chosen)
    assert.deepEqual({ forgotten, kept }, { forgotten: 1, kept: 1 })
    assert.deepEqual([await stateOf(a), await stateOf(b)], ['submitted', 'forgotten'])
  })

  it('refuses what is history, and what says nothing', async () => {
    const [a, , , , e] = await fill()
    assert.deepEqual(await failure({ names: [e] }), { code: 'TICKET_NOT_FORGETTABLE', exitCode: 5 })
    assert.deepEqual(await failure({}), { code: 'SELECTION_MISSING', exitCode: 2 })
    assert.deepEqual(await failure({ names: [a], expired: true }), { code: 'SELECTION_MISSING', exitCode: 2 })
    assert.equal(await stateOf(a), 'pending')
  })
})
