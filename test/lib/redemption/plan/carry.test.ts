import assert from 'node:assert/strict'
import { keccak256, numberToHex } from 'viem'
import type { Address } from 'viem'

import { defaultPlanOptions, planRedemption } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { currentRound, recipientAddress, senderAddress } from './scenario.ts'

describe('what carries its gas in a plan', () => {
  it('keeps a sender whose one recipient is worth its gas and whose other is not', () => {
    const [many, few] = [senderAddress(0), senderAddress(1)]
    const [worth, burden] = [recipientAddress(0), recipientAddress(1)]
    const ticket = (sender: Address, recipient: Address, faceValue: bigint, index: number) => ({
      hash: keccak256(numberToHex(index)),
      sender,
      recipient,
      faceValue,
      creationRound: currentRound - 1n,
    })
    // At 1 wei a gas: a batch costs 132,400, each ticket 80,800, a sender 6,800, the other recipient 136,200.
    const tickets = [
      ...Array.from({ length: 9 }, (_, index) => ticket(many, worth, 91_800n, index)),
      ticket(few, worth, 127_800n, 9),
      ticket(few, burden, 127_800n, 10),
    ]
    const plan = planRedemption({
      tickets,
      chain: {
        currentRound,
        ticketValidityPeriod: 2n,
        senders: new Map(
          [many, few].map((sender) => [sender, { depositWei: 10n ** 18n, withdrawRound: 0n }]),
        ),
        recipients: new Map([
          [worth, { active: true, paidThisRound: true }],
          [burden, { active: true, paidThisRound: false }],
        ]),
        claimable: new Map(),
      },
      gas: { executionWei: 1n, dataGasPerTicket: 0n },
      options: defaultPlanOptions,
    })
    assert.deepEqual(
      plan.batches.map((batch) => batch.tickets.map(({ sender, recipient }) => [sender, recipient])),
      [[...Array.from({ length: 9 }, () => [many, worth]), [few, worth]]],
    )
    assert.deepEqual(
      plan.left.map(({ sender, code }) => [sender, code]),
      [[few, 'gasAbovePayout']],
    )
  })
})
