import { keccak256 } from 'viem'
import type { Hex } from 'viem'

import { auxData } from './aux-data.ts'
import { fixedDigits, uint256Digits } from './packed.ts'
import type { Ticket } from './ticket.ts'

/**
 * The bytes that the ticket hash is taken of: recipient ‖ sender ‖ faceValue ‖ winProb ‖ senderNonce ‖
 * recipientRandHash ‖ auxData, 232 bytes, or 168 when auxData is empty.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function encodeTicket(ticket: Ticket): Uint8Array {
  // One string and one decoding: where a million tickets are checked, seven small arrays each would show.
  const digits =
    fixedDigits('recipient', ticket.recipient, 20) +
    fixedDigits('sender', ticket.sender, 20) +
    uint256Digits('faceValue', ticket.faceValue) +
    uint256Digits('winProb', ticket.winProb) +
    uint256Digits('senderNonce', ticket.senderNonce) +
    fixedDigits('recipientRandHash', ticket.recipientRandHash, 32) +
    auxData(ticket).slice(2)
  return Buffer.from(digits, 'hex')
}

/**
 * A ticket's identity, and what its sender signs (TicketBroker.getTicketHash).
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function ticketHash(ticket: Ticket): Hex {
  return keccak256(encodeTicket(ticket))
}
