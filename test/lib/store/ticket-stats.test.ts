import assert from 'node:assert/strict'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { listTickets } from '../../../src/lib/store/list-tickets.ts'
import { ticketStats } from '../../../src/lib/store/ticket-stats.ts'
import { useStore } from './sqlite-fixture.ts'

const [, gateway, otherGateway] = devnetAccounts

describe('ticketStats', () => {
  const fixture = useStore()

  it('sums up by sender and in total', async () => {
    const [a = '0x', b = '0x', c = '0x'] = await fixture.add(
      { senderNonce: 1n, faceValue: 1000n },
      { senderNonce: 2n, faceValue: 1000n },
      { senderNonce: 3n, faceValue: 5n, sender: otherGateway.address },
      { senderNonce: 4n, faceValue: 7n },
    )
    await fixture.store.record([{ hash: c, state: 'pending', reason: 'gas is high' }])
    await fixture.store.claim({ id: 'one', account: gateway.address, holder: 'test', tickets: [a, b] })
    await fixture.store.closeSubmission(
      'one',
      [
        { hash: a, state: 'final', paidWei: 1000n },
        { hash: b, state: 'final', paidWei: 500n },
      ],
      100n,
    )
    const { senders, total } = await ticketStats(fixture.store)
    assert.deepEqual(
      senders.map(({ sender, pending, deferred }) => [sender, pending.tickets, deferred.tickets]),
      [
        [gateway.address, 1, 0],
        [otherGateway.address, 0, 1],
      ],
    )
    const one = { tickets: 1, faceValueWei: 7n }
    const none = { tickets: 0, faceValueWei: 0n }
    assert.deepEqual(total, {
      pending: one,
      deferred: { tickets: 1, faceValueWei: 5n },
      submitted: none,
      redeemed: { tickets: 2, faceValueWei: 2000n, paidWei: 1500n },
      usedElsewhere: none,
      expired: none,
      rejected: none,
      forgotten: none,
      feeWei: 100n,
      efficiencyBasisPoints: 7000n,
    })
  })

  it('has no efficiency of nothing', async () => {
    const { senders, total } = await ticketStats(fixture.store)
    assert.deepEqual(senders, [])
    assert.equal(total.efficiencyBasisPoints, null)
  })
})

describe('listTickets', () => {
  const fixture = useStore()

  it('says whether there are more', async () => {
    await fixture.add({ creationRound: 2n }, { creationRound: 1n }, { creationRound: 3n })
    const rounds = async (limit: number) => {
      const { tickets, more } = await listTickets(fixture.store, { limit })
      return { rounds: tickets.map(({ creationRound }) => creationRound), more }
    }
    assert.deepEqual(await rounds(2), { rounds: [1n, 2n], more: true })
    assert.deepEqual(await rounds(3), { rounds: [1n, 2n, 3n], more: false })
  })

  it('gives no random number away', async () => {
    await fixture.add({ recipientRand: 987_654n })
    const { tickets } = await listTickets(fixture.store, { limit: 1 })
    assert.ok(!Object.values(tickets[0] ?? {}).includes(987_654n))
  })
})
