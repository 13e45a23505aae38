import { keccak256 } from 'viem'

import { uint256Digits } from './packed.ts'
import type { SignedTicket } from './ticket.ts'

/**
 * Whether a ticket wins: uint256(keccak256(sig ‖ uint256 recipientRand)) < winProb (TicketBroker.isWinningTicket).
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function isWinner(ticket: Pick<SignedTicket, 'sig' | 'recipientRand' | 'winProb'>): boolean {
  const draw = keccak256(`${ticket.sig}${uint256Digits('recipientRand', ticket.recipientRand)}`)
  return BigInt(draw) < ticket.winProb
}
