import assert from 'node:assert/strict'

import type { Hex } from 'viem'

import { describeBatch, groupStaying, totalsOf } from '../../../src/lib/redemption/report-redemption.ts'
import type { Outcome, StoredTicket } from '../../../src/lib/store/ticket-store.ts'
import type { Receipt } from '../../../src/lib/tx/receipt.ts'
import { makeTicket } from '../../helpers/make-ticket.ts'

const receipt: Receipt = {
  hash: hashOf(99),
  blockNumber: 7n,
  blockHash: hashOf(98),
  succeeded: true,
  gasUsed: 100n,
  effectiveGasPrice: 3n,
  logs: [],
}

function hashOf(number: number): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`
}

function storedTicket(number: number, faceValue: bigint): StoredTicket {
  const ticket = { ...makeTicket({ faceValue }), sig: '0x' as const, recipientRand: 1n }
  return { hash: hashOf(number), ticket, state: 'submitted', feeWei: 0n, addedAt: '2026-01-01T00:00:00Z' }
}

describe('the report of a batch', () => {
  const tickets = [storedTicket(1, 1000n), storedTicket(2, 500n), storedTicket(3, 9n), storedTicket(4, 8n)]
  const outcomes: Outcome[] = [
    { hash: hashOf(1), state: 'final', paidWei: 1000n },
    { hash: hashOf(2), state: 'final', paidWei: 400n },
    { hash: hashOf(3), state: 'expired', reason: 'ticket is expired' },
  ]
  const batch = describeBatch(receipt, tickets, outcomes, false)

  it('takes what was paid from the outcomes, not from face values', () => {
    assert.deepEqual(
      batch.tickets.map(({ outcome, paidWei, reason }) => [outcome, paidWei, reason]),
      [
        ['redeemed', 1000n, null],
        ['redeemed', 400n, null],
        ['expired', 0n, 'ticket is expired'],
        ['left', 0n, 'the transaction did not redeem it'],
      ],
    )
    assert.deepEqual([batch.faceValueWei, batch.paidWei, batch.feeWei], [1500n, 1400n, 300n])
    assert.equal(batch.efficiencyBasisPoints, 7333n)
  })

  it('counts what was paid short, and the fees of reverted batches', () => {
    const reverted = describeBatch({ ...receipt, succeeded: false }, tickets, [], true)
    assert.deepEqual([reverted.outcome, reverted.byEarlierRun], ['reverted', true])
    assert.deepEqual(totalsOf([batch, reverted]), {
      redeemedTickets: 2,
      shortPaidTickets: 1,
      faceValueWei: 1500n,
      paidWei: 1400n,
      gasUsed: 200n,
      feeWei: 600n,
      netWei: 800n,
    })
  })
})

describe('the tickets that stay', () => {
  it('are grouped by kind of reason, with the reason of the most valuable', () => {
    const staying = [
      { hash: hashOf(1), faceValueWei: 1n, code: 'gasShare', reason: 'gas is 70 %' },
      { hash: hashOf(2), faceValueWei: 5n, code: 'depositShort', reason: 'short by 3' },
      { hash: hashOf(3), faceValueWei: 3n, code: 'gasShare', reason: 'gas is 60 %' },
    ] as const
    assert.deepEqual(groupStaying(staying), [
      { code: 'depositShort', tickets: 1, faceValueWei: 5n, reason: 'short by 3', example: hashOf(2) },
      { code: 'gasShare', tickets: 2, faceValueWei: 4n, reason: 'gas is 60 %', example: hashOf(3) },
    ])
    assert.deepEqual(groupStaying([]), [])
  })
})
