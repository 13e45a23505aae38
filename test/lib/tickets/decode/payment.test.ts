import assert from 'node:assert/strict'
import fc from 'fast-check'
import { zeroHash } from 'viem'

import { UsageError } from '../../../../src/lib/errors.ts'
import { recoverSender } from '../../../../src/lib/pm/recover-sender.ts'
import { ticketHash } from '../../../../src/lib/pm/ticket-hash.ts'
import { decodePayment } from '../../../../src/lib/tickets/decode/decode-payment.ts'
import { encodePayment } from '../../../../src/lib/tickets/decode/encode-payment.ts'
import type { Payment } from '../../../../src/lib/tickets/decode/payment.ts'
import { makeSignedTicket } from '../../../helpers/make-signed-ticket.ts'
import { anyBytes, anyUint256 } from '../../../helpers/make-ticket.ts'

const tickets = [1n, 2n, 3n].map((senderNonce) => {
  const { recipientRand: _, ...ticket } = makeSignedTicket({ senderNonce, winProb: 2n ** 240n })
  return ticket
})
const [ticket] = tickets
assert.ok(ticket !== undefined)
const { recipient, sender, faceValue, winProb, recipientRandHash } = ticket

const payment: Payment = {
  sender,
  params: { recipient, faceValue, winProb, recipientRandHash, seed: 1234n, expirationBlock: 0n },
  tickets,
  expectedPrice: { pricePerUnit: 2n ** 63n - 1n, pixelsPerUnit: 1n },
}
const good = Buffer.from(encodePayment(payment), 'base64')

const decodeBytes = (bytes: Uint8Array) => decodePayment(Buffer.from(bytes).toString('base64'))
const refusal = (bytes: Uint8Array) => {
  try {
    decodeBytes(bytes)
  } catch (error) {
    assert.ok(error instanceof UsageError && error.code === 'PAYMENT_INVALID', String(error))
    return error.message
  }
  return undefined
}
/** A field of bytes, as protobuf writes it. */
const field = (number: number, ...bytes: readonly (number | Uint8Array)[]) => {
  const value = Buffer.concat(bytes.map((one) => (typeof one === 'number' ? Buffer.from([one]) : one)))
  assert.ok(value.length < 128)
  return Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value])
}
const senderField = field(2, Buffer.from(sender.slice(2), 'hex'))

describe('decodePayment', () => {
  it('reads the tickets of a payment, which their sender has signed', () => {
    const decoded = decodePayment(` ${encodePayment(payment)}\n`)
    assert.deepEqual(decoded, payment)
    for (const one of decoded.tickets) assert.equal(recoverSender(ticketHash(one), one.sig), sender)
  })

  it('is what encodePayment writes, whatever that is', () => {
    const anyUint63 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
    fc.assert(
      fc.property(
        anyUint256,
        anyUint256,
        fc.array(fc.tuple(fc.nat(), anyBytes(65)), { maxLength: 5 }),
        anyUint63,
        anyUint63,
        anyBytes(32),
        (face, seed, sent, one, two, hash) => {
          const creation = { creationRound: one, creationRoundBlockHash: hash }
          const any: Payment = {
            sender,
            params: {
              recipient,
              faceValue: face,
              winProb: seed,
              recipientRandHash: hash,
              seed,
              expirationBlock: face,
            },
            tickets: sent.map(([nonce, sig]) => ({
              recipient,
              sender,
              faceValue: face,
              winProb: seed,
              recipientRandHash: hash,
              ...creation,
              senderNonce: BigInt(nonce),
              sig,
            })),
            expectedPrice: { pricePerUnit: one, pixelsPerUnit: two },
          }
          assert.deepEqual(decodePayment(encodePayment(any)), any)
        },
      ),
    )
  })

  it('reads a payment without tickets, which says only who and at what price', () => {
    const bare: Payment = { sender, tickets: [], expectedPrice: { pricePerUnit: 0n, pixelsPerUnit: 1n } }
    assert.deepEqual(decodePayment(encodePayment(bare)), bare)
    assert.deepEqual(decodeBytes(senderField), { sender, tickets: [] })
  })

  it('reads bytes as Go writes them', () => {
    const hand = Buffer.concat([
      field(
        1,
        field(1, Buffer.from(recipient.slice(2), 'hex')),
        field(2, 5),
        field(3, 1, 0),
        field(4, Buffer.alloc(32, 7)),
      ),
      senderField,
      Buffer.from([0x2a, 0x05, 0x08, 0xac, 0x02, 0x10, 0x01]),
    ])
    assert.deepEqual(decodeBytes(hand), {
      sender,
      params: {
        recipient,
        faceValue: 5n,
        winProb: 256n,
        recipientRandHash: `0x${'07'.repeat(32)}`,
        seed: 0n,
        expirationBlock: 0n,
      },
      tickets: [],
      expectedPrice: { pricePerUnit: 300n, pixelsPerUnit: 1n },
    })
  })

  it('takes a ticket without a round, as of a node without a chain', () => {
    const offchain = encodePayment({
      ...payment,
      tickets: [{ ...ticket, creationRound: 0n, creationRoundBlockHash: zeroHash }],
    })
    assert.equal(decodePayment(offchain).tickets[0]?.creationRound, 0n)
  })

  it('passes over fields that it does not know', () => {
    const unknown = [
      Buffer.from([0x78, 0x05]),
      field(15, 1, 2, 3),
      Buffer.from([0x7d, 0, 0, 0, 0]),
      Buffer.from([0x79, ...Buffer.alloc(8)]),
    ]
    assert.deepEqual(decodeBytes(Buffer.concat([...unknown, good])), payment)
  })

  it('says what is wrong, and with which field', () => {
    const recipientField = field(1, Buffer.alloc(20))
    const randHash = field(4, Buffer.alloc(32))
    const paramsField = field(1, recipientField, randHash)
    const cases: [Uint8Array, string][] = [
      [Buffer.concat([senderField, field(1, 1)]), 'it is damaged'],
      [field(2, 1, 2), 'sender is not 20 bytes'],
      [Buffer.from([0x10, 0x01]), 'it is damaged'],
      [good.subarray(0, -1), 'it is damaged'],
      [
        Buffer.concat([senderField, field(1, field(1, Buffer.alloc(19)))]),
        'ticket_params.recipient is not 20 bytes',
      ],
      [
        Buffer.concat([senderField, field(1, recipientField, field(2, Buffer.alloc(33)))]),
        'ticket_params.face_value has more than 256 bits',
      ],
      [
        Buffer.concat([senderField, field(5, 0x08, Buffer.alloc(9, 0xff), 0x01)]),
        'expected_price.pricePerUnit is out of range',
      ],
      [Buffer.concat([senderField, field(5, 0x08, Buffer.alloc(10, 0xff), 0x01)]), 'it is damaged'],
      [
        Buffer.concat([senderField, paramsField, field(4, 0x08, 0x80, 0x80, 0x80, 0x80, 0x10)]),
        'ticket_sender_params[0].sender_nonce is out of range',
      ],
      [
        Buffer.concat([senderField, paramsField, field(4, 0x08, 0x01, field(2, Buffer.alloc(64)))]),
        'ticket_sender_params[0].sig is not 65 bytes',
      ],
      [Buffer.from([0x0b]), 'it is damaged'],
      [Buffer.from([0x00]), 'it is damaged'],
      [Buffer.from([0x12]), 'it is damaged'],
      [Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0x0f]), 'it is damaged'],
    ]
    for (const [bytes, message] of cases) {
      const said = refusal(bytes) ?? 'nothing'
      assert.equal(said, `this is no payment: ${message}`)
    }
    assert.equal(
      refusal(Buffer.concat([senderField, field(4, 8, 1)])),
      'this is no payment: it has tickets, but no ticket_params',
    )
  })

  it('refuses what is no base64, or too long', () => {
    const refused = (why: string) => ({ code: 'PAYMENT_INVALID', message: `this is no payment: ${why}` })
    for (const text of ['', 'hello', 'aGVsbG8', 'aGVs*G8=', 'aG=VsbG8', '\u001b[2J']) {
      assert.throws(() => decodePayment(text), refused('it is not base64'))
    }
    assert.throws(() => decodePayment('A'.repeat(65_540)), refused('it is longer than 64 KiB'))
  })

  it('survives any bytes, and any change to a good payment', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => void refusal(Buffer.concat([senderField, bytes])),
      ),
    )
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, end) => {
        const changed = Buffer.from(good)
        changed[at] = value
        refusal(changed)
        refusal(changed.subarray(0, end))
      }),
      { numRuns: 1000 },
    )
  })
})
