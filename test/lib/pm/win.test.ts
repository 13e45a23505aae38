import assert from 'node:assert/strict'
import fc from 'fast-check'
import { concatHex, keccak256, maxUint256, numberToHex } from 'viem'

import { isWinner } from '../../../src/lib/pm/win.ts'
import { anyBytes, anyUint256 } from '../../helpers/make-ticket.ts'

const tickets = fc.record({ sig: anyBytes(65), recipientRand: anyUint256, winProb: anyUint256 })

describe('isWinner', () => {
  it('is a draw below winProb, and not at it', () => {
    fc.assert(
      fc.property(tickets, ({ sig, recipientRand }) => {
        const draw = BigInt(keccak256(concatHex([sig, numberToHex(recipientRand, { size: 32 })])))
        assert.equal(isWinner({ sig, recipientRand, winProb: draw }), false)
        assert.equal(isWinner({ sig, recipientRand, winProb: draw + 1n }), true)
      }),
    )
  })

  it('never wins at probability 0, and wins at the highest', () => {
    fc.assert(
      fc.property(tickets, (ticket) => {
        assert.equal(isWinner({ ...ticket, winProb: 0n }), false)
        assert.equal(isWinner({ ...ticket, winProb: maxUint256 }), true)
      }),
    )
  })

  it('is not lost when winProb grows', () => {
    fc.assert(
      fc.property(tickets, anyUint256, (ticket, other) => {
        const winProb = other > ticket.winProb ? other : ticket.winProb
        if (isWinner(ticket)) assert.ok(isWinner({ ...ticket, winProb }))
      }),
    )
  })

  it('refuses a recipientRand that is no uint256', () => {
    assert.throws(() => isWinner({ sig: '0x', recipientRand: -1n, winProb: 1n }), {
      code: 'TICKET_FIELD_INVALID',
      message: 'recipientRand is not from 0 to 2^256 - 1',
    })
  })
})
