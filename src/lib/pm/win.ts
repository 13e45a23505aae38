import { keccak256 } from 'viem'

import { uint256Digits } from './packed.ts'
import type { SignedTicket } from './ticket.ts'

/**
 * The draw: uint256(keccak256(sig ‖ uint256 recipientRand)).
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function winDraw(ticket: Pick<SignedTicket, 'sig' | 'recipientRand'>): bigint {
  return BigInt(keccak256(`${ticket.sig}${uint256Digits('recipientRand', ticket.recipientRand)}`))
}

/**
 * Whether a ticket wins: its draw is below winProb (TicketBroker.isWinningTicket).
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function isWinner(ticket: Pick<SignedTicket, 'sig' | 'recipientRand' | 'winProb'>): boolean {
  return winDraw(ticket) < ticket.winProb
}
