import { PbfWriter } from 'pbf'
import type { Hex } from 'viem'

import type { Payment } from './payment.ts'

/**
 * Writes the header Livepeer-Payment as go-livepeer does: net.Payment in base64, integers as big-endian bytes without
 * leading zeros, nothing for zero. All tickets have the creation round of the first, and differ in nonce and signature.
 */
export function encodePayment({ sender, params, tickets, expectedPrice }: Payment): string {
  const payment = new PbfWriter()
  if (params !== undefined) {
    payment.writeMessage(
      1,
      (fields, message) => {
        writeBytes(message, 1, hexBytes(fields.recipient))
        writeBytes(message, 2, minimalBytes(fields.faceValue))
        writeBytes(message, 3, minimalBytes(fields.winProb))
        writeBytes(message, 4, hexBytes(fields.recipientRandHash))
        writeBytes(message, 5, minimalBytes(fields.seed))
        writeBytes(message, 6, minimalBytes(fields.expirationBlock))
      },
      params,
    )
  }
  writeBytes(payment, 2, hexBytes(sender))
  const [first] = tickets
  if (first !== undefined) {
    payment.writeMessage(
      3,
      ({ creationRound, creationRoundBlockHash }, message) => {
        writeUnsigned(message, 1, creationRound)
        writeBytes(message, 2, hexBytes(creationRoundBlockHash))
      },
      first,
    )
  }
  for (const ticket of tickets) {
    payment.writeMessage(
      4,
      ({ senderNonce, sig }, message) => {
        writeUnsigned(message, 1, senderNonce)
        writeBytes(message, 2, hexBytes(sig))
      },
      ticket,
    )
  }
  if (expectedPrice !== undefined) {
    payment.writeMessage(
      5,
      ({ pricePerUnit, pixelsPerUnit }, message) => {
        writeUnsigned(message, 1, pricePerUnit)
        writeUnsigned(message, 2, pixelsPerUnit)
      },
      expectedPrice,
    )
  }
  return Buffer.from(payment.finish()).toString('base64')
}

/** Like all of proto3, nothing for what is empty. */
function writeBytes(message: PbfWriter, field: number, bytes: Uint8Array): void {
  if (bytes.length > 0) message.writeBytesField(field, bytes)
}

function writeUnsigned(message: PbfWriter, field: number, value: bigint): void {
  if (value === 0n) return
  message.writeTag(field, 0)
  // pbf writes numbers, which keep 53 bits.
  message.realloc(10)
  for (let rest = value; ; rest >>= 7n) {
    const isLast = rest < 0x80n
    message.buf[message.pos++] = Number(rest & 0x7fn) | (isLast ? 0 : 0x80)
    if (isLast) return
  }
}

function minimalBytes(value: bigint): Uint8Array {
  const digits = value === 0n ? '' : value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
}

function hexBytes(hex: Hex): Uint8Array {
  return Buffer.from(hex.slice(2), 'hex')
}
