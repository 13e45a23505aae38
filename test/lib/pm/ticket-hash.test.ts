import assert from 'node:assert/strict'
import fc from 'fast-check'
import { concatHex, encodePacked, keccak256, toHex } from 'viem'

import { auxData } from '../../../src/lib/pm/aux-data.ts'
import { encodeTicket, ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import type { Ticket } from '../../../src/lib/pm/ticket.ts'
import { anyTicket, makeTicket } from '../../helpers/make-ticket.ts'
import { ticketOf, vectors } from '../../helpers/vectors.ts'

const zero = `0x${'00'.repeat(32)}` as const

describe('ticketHash', () => {
  for (const { ticket, hash } of vectors.ticketHash) {
    it(`is ${hash.slice(0, 10)} as in the shared vectors`, () =>
      assert.equal(ticketHash(ticketOf(ticket)), hash))
  }

  it('is the keccak of the encoded ticket', () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        assert.equal(ticketHash(ticket), keccak256(encodeTicket(ticket)))
      }),
    )
  })

  it('changes with each field', () => {
    fc.assert(
      fc.property(anyTicket, anyTicket, (ticket, other) => {
        const hash = ticketHash(ticket)
        for (const field of Object.keys(ticket) as (keyof Ticket)[]) {
          const changed = { ...ticket, [field]: other[field] }
          assert.equal(ticketHash(changed) === hash, changed[field] === ticket[field], field)
        }
      }),
    )
  })

  it('does not depend on how an address or a hash is written', () => {
    const ticket = makeTicket()
    const upper = (hex: string) => `0x${hex.slice(2).toUpperCase()}` as const
    assert.equal(
      ticketHash({
        ...ticket,
        recipient: upper(ticket.recipient),
        sender: upper(ticket.sender),
        recipientRandHash: upper(ticket.recipientRandHash),
        creationRoundBlockHash: upper(ticket.creationRoundBlockHash),
      }),
      ticketHash(ticket),
    )
  })
})

describe('encodeTicket', () => {
  it("packs the fields as Solidity's abi.encodePacked does", () => {
    fc.assert(
      fc.property(anyTicket, (ticket) => {
        const { recipient, sender, faceValue, winProb, senderNonce, recipientRandHash } = ticket
        const fields = encodePacked(
          ['address', 'address', 'uint256', 'uint256', 'uint256', 'bytes32'],
          [recipient, sender, faceValue, winProb, senderNonce, recipientRandHash],
        )
        assert.equal(toHex(encodeTicket(ticket)), concatHex([fields, auxData(ticket)]))
      }),
    )
  })

  it('has 232 bytes, and 168 without auxData', () => {
    assert.equal(encodeTicket(makeTicket()).length, 232)
    assert.equal(encodeTicket(makeTicket({ creationRound: 0n, creationRoundBlockHash: zero })).length, 168)
  })

  it('refuses fields that do not fit, and never shows them', () => {
    const bad: readonly (readonly [Partial<Ticket>, string])[] = [
      [{ recipient: '0xab' }, 'recipient is not 0x and 20 bytes of hex'],
      [{ sender: `0x${'zz'.repeat(20)}` }, 'sender is not 0x and 20 bytes of hex'],
      [{ recipientRandHash: `0x${'ab'.repeat(33)}` }, 'recipientRandHash is not 0x and 32 bytes of hex'],
      [{ faceValue: -1n }, 'faceValue is not from 0 to 2^256 - 1'],
      [{ winProb: 2n ** 256n }, 'winProb is not from 0 to 2^256 - 1'],
      [{ senderNonce: -1n }, 'senderNonce is not from 0 to 2^256 - 1'],
    ]
    for (const [changes, message] of bad) {
      assert.throws(() => encodeTicket(makeTicket(changes)), { code: 'TICKET_FIELD_INVALID', message })
    }
  })
})
