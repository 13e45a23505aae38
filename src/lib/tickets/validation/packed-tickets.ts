import { fixedDigits, uint256Digits } from '../../pm/packed.ts'
import type { SignedTicket } from '../../pm/ticket.ts'

/**
 * Where each field of a ticket lies among the bytes that go to a worker. The order is the one that is hashed: the ticket
 * hash is of the first 232 bytes, or of 168 when there is no auxData; the win is of the last 97, and recipientRandHash of
 * the last 32.
 */
export const layout = {
  recipient: 0,
  sender: 20,
  faceValue: 40,
  winProb: 72,
  senderNonce: 104,
  recipientRandHash: 136,
  auxData: 168,
  sig: 232,
  recipientRand: 297,
  end: 329,
} as const

/**
 * The tickets as bytes, one after the other.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function packTickets(tickets: readonly SignedTicket[]): Uint8Array<ArrayBuffer> {
  const packed = Buffer.from(new ArrayBuffer(tickets.length * layout.end))
  for (const [index, ticket] of tickets.entries()) {
    // One string and one decoding: ten small ones each would show in an import.
    const digits =
      fixedDigits('recipient', ticket.recipient, 20) +
      fixedDigits('sender', ticket.sender, 20) +
      uint256Digits('faceValue', ticket.faceValue) +
      uint256Digits('winProb', ticket.winProb) +
      uint256Digits('senderNonce', ticket.senderNonce) +
      fixedDigits('recipientRandHash', ticket.recipientRandHash, 32) +
      uint256Digits('creationRound', ticket.creationRound) +
      fixedDigits('creationRoundBlockHash', ticket.creationRoundBlockHash, 32) +
      fixedDigits('sig', ticket.sig, 65) +
      uint256Digits('recipientRand', ticket.recipientRand)
    packed.write(digits, index * layout.end, 'hex')
  }
  return packed
}
