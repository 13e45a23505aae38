import assert from 'node:assert/strict'

import { rank } from '../../../../src/lib/redemption/plan/candidate.ts'
import type { Payment } from '../../../../src/lib/redemption/plan/candidate.ts'
import { claimableKey } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { gasModel, meterBatch } from '../../../../src/lib/redemption/plan/gas-model.ts'
import { numberToHex } from 'viem'

import { recipientAddress, senderAddress } from './scenario.ts'

interface Made {
  readonly sender?: number
  readonly recipient?: number
  readonly drawsOnReserve?: boolean
}

function makePayment({ sender = 0, recipient = 0, drawsOnReserve = false }: Made = {}): Payment {
  const [from, to] = [senderAddress(sender), recipientAddress(recipient)]
  const ticket = { hash: numberToHex(0), sender: from, recipient: to, faceValue: 1n, creationRound: 1n }
  return {
    candidate: {
      ticket,
      sender: from,
      recipient: to,
      pair: claimableKey(from, to),
      rank: rank.waiting,
      roundsLeft: 2n,
      budgetWei: 1n,
    },
    rank: rank.waiting,
    payoutWei: 1n,
    budgetWei: 1n,
    drawsOnReserve,
  }
}

const repeat = (times: number, make: (index: number) => Made) =>
  Array.from({ length: times }, (_, index) => makePayment(make(index)))

function gasOf(payments: readonly Payment[], paidThisRound = true, dataGasPerTicket = 0n): bigint {
  const chain = {
    currentRound: 1n,
    ticketValidityPeriod: 2n,
    senders: new Map(),
    recipients: new Map([0, 1].map((index) => [recipientAddress(index), { active: true, paidThisRound }])),
    claimable: new Map(),
  }
  const meter = meterBatch(gasModel({ executionWei: 1n, dataGasPerTicket }, chain), new Set())
  for (const payment of payments) {
    const expected = meter.gasWith(payment)
    meter.add(payment)
    assert.equal(meter.gas(), expected)
  }
  return meter.gas()
}

/** Within so many thousandths of what was measured. */
function assertNear(modelled: bigint, measured: number, thousandths = 10): void {
  const off = (Math.abs(Number(modelled) - measured) / measured) * 1000
  assert.ok(
    off <= thousandths,
    `${String(modelled)} is ${off.toFixed(1)} thousandths off ${String(measured)}`,
  )
}

describe('the gas model', () => {
  it('agrees with the measured cost of one redemption', () => {
    assertNear(gasOf([makePayment()]), 198_400)
    assertNear(gasOf([makePayment()], false), 292_800)
    assertNear(gasOf([makePayment({ drawsOnReserve: true })]), 277_500)
  })

  it('agrees with the measured batches of one sender, at every size', () => {
    const perTicket = [
      [2, 146_900],
      [5, 107_100],
      [10, 93_900],
      [25, 86_000],
      [50, 83_400],
      [100, 82_200],
    ] as const
    for (const [tickets, gas] of perTicket) {
      assertNear(gasOf(repeat(tickets, () => ({}))), gas * tickets)
    }
  })

  it('agrees with the measured batches of as many senders as tickets', () => {
    assertNear(gasOf(repeat(10, (sender) => ({ sender }))), 1_000_000)
    assertNear(gasOf(repeat(100, (sender) => ({ sender }))), 8_900_000)
  })

  it('agrees with what was measured on a devnet where the table has no row', () => {
    assertNear(gasOf(repeat(10, (index) => ({ sender: index % 2 }))), 946_100)
    assertNear(gasOf(repeat(2, (recipient) => ({ recipient }))), 335_700)
    assertNear(gasOf(repeat(10, (index) => ({ recipient: index % 2 }))), 981_100)
    assertNear(
      gasOf(
        repeat(2, () => ({})),
        false,
      ),
      388_100,
    )
    assertNear(
      gasOf(
        repeat(2, (recipient) => ({ recipient })),
        false,
      ),
      524_300,
    )
    const draws = (times: number, make: (index: number) => Made = () => ({})) =>
      repeat(times, (index) => ({ ...make(index), drawsOnReserve: true }))
    assertNear(gasOf(draws(2)), 402_200, 20)
    assertNear(gasOf(draws(10)), 1_263_500, 20)
    assertNear(gasOf(draws(2, (recipient) => ({ recipient }))), 469_900, 60)
    assertNear(gasOf(draws(4, (sender) => ({ sender }))), 775_200, 60)
  })

  it("adds Arbitrum's data for each ticket", () => {
    const batch = repeat(10, () => ({}))
    assert.equal(gasOf(batch, true, 1500n) - gasOf(batch), 15_000n)
  })

  it('counts the first payment of a round once in a plan', () => {
    const model = gasModel(
      { executionWei: 1n, dataGasPerTicket: 0n },
      {
        currentRound: 1n,
        ticketValidityPeriod: 2n,
        senders: new Map(),
        recipients: new Map(),
        claimable: new Map(),
      },
    )
    const paid = new Set<string>()
    const [first, second] = [meterBatch(model, paid), meterBatch(model, paid)]
    first.add(makePayment())
    second.add(makePayment())
    assert.equal(first.gas() - second.gas(), 94_400n)
  })
})
