import assert from 'node:assert/strict'
import fc from 'fast-check'
import { maxUint256, toHex } from 'viem'

import { UsageError } from '../../../src/lib/errors.ts'
import type { SignedTicket } from '../../../src/lib/pm/ticket.ts'
import { parseTicket, ticketFields } from '../../../src/lib/tickets/parse-ticket.ts'
import { ticketToJson } from '../../../src/lib/tickets/ticket-to-json.ts'
import { makeSignedTicket } from '../../helpers/make-signed-ticket.ts'
import { anyBytes, anyTicket, anyUint256 } from '../../helpers/make-ticket.ts'
import { vectors } from '../../helpers/vectors.ts'

const anySignedTicket: fc.Arbitrary<SignedTicket> = fc
  .tuple(anyTicket, anyBytes(65), anyUint256)
  .map(([ticket, sig, recipientRand]) => ({ ...ticket, sig, recipientRand }))

const ticket = makeSignedTicket()
const json = ticketToJson(ticket)
const refusal = (changes: object) => {
  try {
    parseTicket({ ...json, ...changes })
  } catch (error) {
    assert.ok(error instanceof UsageError)
    return error.message
  }
  return undefined
}

describe('parseTicket', () => {
  it('reads what ticketToJson writes, through JSON', () => {
    fc.assert(
      fc.property(anySignedTicket, (any) => {
        const text = JSON.stringify(ticketToJson(any))
        const read = parseTicket(JSON.parse(text))
        for (const field of ticketFields) {
          assert.equal(String(read[field]).toLowerCase(), String(any[field]).toLowerCase())
        }
        assert.equal(
          JSON.stringify(ticketToJson(parseTicket(ticketToJson(read)))),
          JSON.stringify(ticketToJson(read)),
        )
      }),
    )
  })

  it('gives a ticket as it was', () => assert.deepEqual(parseTicket(json), ticket))

  it('reads the form of the shared vectors', () => {
    for (const { ticket: fields } of vectors.ticketHash) {
      const read = parseTicket({ ...fields, sig: ticket.sig, recipientRand: '0x4d2' })
      assert.equal(read.senderNonce, BigInt(fields.senderNonce))
      assert.equal(read.faceValue, BigInt(fields.faceValue))
      assert.equal(read.recipient, fields.recipient)
      assert.equal(read.recipientRand, 1234n)
    }
  })

  it('reads integers in decimal, in hex, and as exact numbers', () => {
    fc.assert(
      fc.property(anyUint256, (value) => {
        for (const text of [
          value.toString(),
          toHex(value),
          toHex(value, { size: 32 }).replace(/[a-f]/g, (digit) => digit.toUpperCase()),
        ]) {
          assert.equal(parseTicket({ ...json, winProb: text }).winProb, value)
        }
      }),
    )
    assert.equal(parseTicket({ ...json, senderNonce: 600 }).senderNonce, 600n)
    assert.equal(parseTicket({ ...json, senderNonce: Number.MAX_SAFE_INTEGER }).senderNonce, 2n ** 53n - 1n)
  })

  it('refuses numbers that JSON does not keep', () => {
    for (const text of ['1e400', '-1e400', '9007199254740993', '1.5', '-1']) {
      const value: unknown = JSON.parse(text)
      assert.equal(
        refusal({ faceValue: value }),
        'faceValue is a number that JSON does not keep exactly: write it as a string',
      )
    }
    assert.equal(
      refusal({ faceValue: Number.NaN }),
      'faceValue is a number that JSON does not keep exactly: write it as a string',
    )
  })

  it('refuses what is no integer', () => {
    for (const value of [
      ' 1',
      '1 ',
      '-1',
      '+1',
      '1.0',
      '1e3',
      '0x',
      '0xg',
      '0X10',
      '1_000',
      '٣',
      '1n',
      '9'.repeat(79),
      `0x${'0'.repeat(65)}`,
      true,
      {},
      ['1'],
      1n,
      '1\u0000',
    ]) {
      assert.equal(refusal({ winProb: value }), 'winProb is not a whole number in decimal or 0x hex')
    }
    assert.equal(refusal({ winProb: (maxUint256 + 1n).toString() }), 'winProb is more than 2^256 - 1')
    assert.equal(refusal({ winProb: maxUint256.toString() }), undefined)
  })

  it('refuses bytes of another length or kind', () => {
    for (const value of [
      '0x',
      ticket.sig.slice(2),
      `${ticket.sig}00`,
      ticket.sig.slice(0, -2),
      `0X${ticket.sig.slice(2)}`,
      `${ticket.sig.slice(0, -1)}\u0000`,
      5,
      {},
      [ticket.sig],
    ]) {
      assert.equal(refusal({ sig: value }), 'sig is not 0x and 65 bytes of hex')
    }
    assert.equal(refusal({ recipientRandHash: '0x00' }), 'recipientRandHash is not 0x and 32 bytes of hex')
    assert.equal(refusal({ sender: '0x00' }), 'sender is not 0x and 20 bytes of hex')
  })

  it('takes addresses in any one case, and holds mixed case to its checksum', () => {
    const { sender } = ticket
    for (const text of [sender, sender.toLowerCase(), `0x${sender.slice(2).toUpperCase()}`]) {
      assert.equal(parseTicket({ ...json, sender: text }).sender, sender)
    }
    const wrong = sender.replace(/[a-f]/, (digit) => digit.toUpperCase())
    assert.equal(refusal({ sender: wrong }), 'sender has a wrong checksum')
  })

  it('names the field that is missing', () => {
    for (const field of ticketFields) {
      for (const nothing of [undefined, null, '']) {
        assert.equal(refusal({ [field]: nothing }), `${field} is missing`)
      }
    }
  })

  it('takes no field from a prototype', () => {
    const heir: unknown = Object.create(json)
    assert.throws(() => parseTicket(heir), { code: 'TICKET_FIELD_INVALID', message: 'recipient is missing' })
    assert.throws(() => parseTicket(JSON.parse('{"__proto__":{"recipient":"0x"}}')), {
      message: 'recipient is missing',
    })
  })

  it('passes over fields of other names', () => {
    assert.deepEqual(
      parseTicket({ ...json, redeemedAt: '2026-08-01', constructor: 1, state: { a: [] } }),
      ticket,
    )
  })

  it('refuses what is no object', () => {
    for (const value of [undefined, null, 5, 'x', true, [], [json]]) {
      assert.throws(() => parseTicket(value), {
        code: 'TICKET_INVALID',
        message: 'it is not an object with the fields of a ticket',
      })
    }
  })

  it('never repeats what it was given', () => {
    const hostile = `\u001b[2J${'x'.repeat(10_000)}`
    for (const field of ticketFields) assert.ok((refusal({ [field]: hostile }) ?? '').length < 100)
  })
})
