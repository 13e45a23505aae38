import assert from 'node:assert/strict'

import type { Batch, LeftTicket, PlannedTicket, RedemptionPlan } from '../../src/lib/redemption/plan/types.ts'
import { renderPlan } from '../../src/output/render-plan.ts'

const sender = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const recipient = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const milliEth = 10n ** 15n

function hash(seed: number): `0x${string}` {
  return `0x${seed.toString(16).padStart(8, '0').repeat(8)}`
}

function makeBatch(tickets: number, gasCostWei: bigint, payoutWei = milliEth): Batch {
  const planned = Array.from({ length: tickets }, (_, at): PlannedTicket => ({
    hash: hash(at),
    sender,
    recipient,
    faceValueWei: milliEth,
    payoutWei,
  }))
  const faceValueWei = BigInt(tickets) * milliEth
  const paidWei = BigInt(tickets) * payoutWei
  return {
    tickets: planned,
    faceValueWei,
    payoutWei: paidWei,
    gas: BigInt(tickets) * 100_000n,
    gasCostWei,
    efficiencyBasisPoints: ((paidWei - gasCostWei) * 10_000n) / faceValueWei,
  }
}

function makePlan(batches: readonly Batch[], left: readonly LeftTicket[] = []): RedemptionPlan {
  const total = (key: 'faceValueWei' | 'payoutWei' | 'gas' | 'gasCostWei') =>
    batches.reduce((all, batch) => all + batch[key], 0n)
  return {
    batches,
    left,
    faceValueWei: total('faceValueWei'),
    payoutWei: total('payoutWei'),
    gas: total('gas'),
    gasCostWei: total('gasCostWei'),
  }
}

function makeLeft(count: number, code: LeftTicket['code'], reason: string): LeftTicket[] {
  return Array.from({ length: count }, (_, at) => ({
    hash: hash(at + 1),
    sender,
    faceValueWei: BigInt(at + 1) * milliEth,
    code,
    reason,
    lookAgain: {},
  }))
}

describe('renderPlan', () => {
  it('shows each batch, the totals, and what is left by reason', () => {
    const left = [
      ...makeLeft(1, 'depositShort', 'deposit short by 0.004 ETH'),
      ...makeLeft(12, 'gasShare', 'gas is 61 % of the payout, limit 50 %: pays below 0.03 gwei'),
    ]
    const plan = makePlan([makeBatch(50, milliEth), makeBatch(1, 3n * 10n ** 14n)], left)
    const lines = renderPlan(plan).split('\n')
    assert.deepEqual(lines.slice(0, 10), [
      'batch  tickets  face value  payout     gas        gas cost    efficiency',
      '1      50       0.05 ETH    0.05 ETH   5,000,000  0.001 ETH   98 %',
      '2      1        0.001 ETH   0.001 ETH  100,000    0.0003 ETH  70 % (low)',
      'total  51       0.051 ETH   0.051 ETH  5,100,000  0.0013 ETH  97.45 %',
      '',
      'redeems 51 tickets in 2 transactions: 0.051 ETH for about 0.0013 ETH of gas',
      '',
      'left for now: 13 tickets',
      'gas takes too much of the payout: 12 tickets, 0.078 ETH',
      '  0x0000000c0000  0.012 ETH  gas is 61 % of the payout, limit 50 %: pays below 0.03 gwei',
    ])
    assert.deepEqual(lines.slice(-4), [
      '  0x000000030000  0.003 ETH  gas is 61 % of the payout, limit 50 %: pays below 0.03 gwei',
      '  and 2 more',
      'the deposit is short: 1 ticket, 0.001 ETH',
      '  0x000000010000  0.001 ETH  deposit short by 0.004 ETH',
    ])
    assert.equal(lines.length, 22)
  })

  it('says that there is nothing to redeem', () => {
    assert.equal(renderPlan(makePlan([])), 'no tickets to redeem')
    assert.equal(
      renderPlan(makePlan([], makeLeft(1, 'expired', 'expired in round 7'))),
      [
        'nothing to redeem now',
        '',
        'left for now: 1 ticket',
        'expired: 1 ticket, 0.001 ETH',
        '  0x000000010000  0.001 ETH  expired in round 7',
      ].join('\n'),
    )
  })

  it('stays short, whatever the plan', () => {
    const batches = Array.from({ length: 400 }, () => makeBatch(2, 1n))
    const lines = renderPlan(makePlan(batches, makeLeft(10_000, 'depositShort', 'x'))).split('\n')
    assert.equal(lines.length, 39)
    assert.match(lines[21] ?? '', /^380 more  760 /)
    assert.match(lines[22] ?? '', /^total     800 /)
    assert.equal(lines.at(-1), '  and 9,990 more')
  })

  it('lets nothing of a reason steer the terminal', () => {
    const text = renderPlan(makePlan([], makeLeft(1, 'expired', 'a\u001b[2Jb\u202ec\nd')))
    assert.match(text, / {2}abc d$/)
  })
})
