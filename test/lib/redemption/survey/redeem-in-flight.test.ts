import assert from 'node:assert/strict'

import fc from 'fast-check'
import type { Address } from 'viem'

import { claimableKey } from '../../../../src/lib/redemption/plan/claimable-key.ts'
import type { PlanChain } from '../../../../src/lib/redemption/plan/types.ts'
import { withoutFundsInFlight } from '../../../../src/lib/redemption/survey/redeem-in-flight.ts'
import { payoutsInOrder } from '../../../../src/lib/redemption/execute/redeem-payouts.ts'

const sender: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const ours: Address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const theirs: Address = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'

function chainOf(depositWei: bigint, ourSlice: bigint, theirSlice: bigint): PlanChain {
  const state = { active: true, paidThisRound: false }
  return {
    currentRound: 10n,
    ticketValidityPeriod: 2n,
    senders: new Map([[sender.toLowerCase(), { depositWei, withdrawRound: 0n }]]),
    recipients: new Map([ours, theirs].map((address) => [address.toLowerCase(), state])),
    claimable: new Map([
      [claimableKey(sender, ours), ourSlice],
      [claimableKey(sender, theirs), theirSlice],
    ]),
  }
}

const ticketsOf = (recipient: Address, faceValues: readonly bigint[]) =>
  faceValues.map((faceValue) => ({ sender, recipient, faceValue }))

describe('funds that tickets in flight need', () => {
  it('are the deposit beyond them, and nothing of the reserve', () => {
    const chain = withoutFundsInFlight(chainOf(10n, 5n, 5n), ticketsOf(theirs, [3n, 4n]))
    assert.equal(chain.senders.get(sender.toLowerCase())?.depositWei, 3n)
    assert.deepEqual([...chain.claimable.values()], [0n, 0n])
  })

  it('do not change other senders', () => {
    const chain = chainOf(10n, 5n, 5n)
    assert.deepEqual(withoutFundsInFlight(chain, [{ sender: theirs, faceValue: 3n }]), chain)
    assert.deepEqual(withoutFundsInFlight(chain, []), chain)
  })

  it('leave both sides paid in full, whichever transaction is mined first', () => {
    const wei = fc.bigInt({ min: 0n, max: 30n })
    const faceValues = fc.array(fc.bigInt({ min: 1n, max: 12n }), { maxLength: 6 })
    fc.assert(
      fc.property(wei, wei, wei, faceValues, faceValues, fc.boolean(), (deposit, a, b, mine, other, same) => {
        const chain = chainOf(deposit, a, b)
        const paidInFull = (tickets: readonly { faceValue: bigint }[], payouts: readonly bigint[]) =>
          tickets.every(({ faceValue }, at) => payouts[at] === faceValue)
        const theirTickets = ticketsOf(same ? ours : theirs, other)
        fc.pre(paidInFull(theirTickets, payoutsInOrder(theirTickets, chain)))
        const restricted = withoutFundsInFlight(chain, theirTickets)
        const ourTickets = ticketsOf(ours, mine)
        fc.pre(paidInFull(ourTickets, payoutsInOrder(ourTickets, restricted)))
        for (const order of [
          [...ourTickets, ...theirTickets],
          [...theirTickets, ...ourTickets],
        ]) {
          assert.ok(paidInFull(order, payoutsInOrder(order, chain)))
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('payouts in the order of redemption', () => {
  it('take the deposit first, then the slice of the recipient', () => {
    const chain = chainOf(10n, 5n, 1n)
    const order = [...ticketsOf(ours, [8n, 4n]), ...ticketsOf(theirs, [2n]), ...ticketsOf(ours, [9n])]
    assert.deepEqual(payoutsInOrder(order, chain), [8n, 4n, 1n, 3n])
  })
})
