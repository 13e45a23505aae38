import type { SignedTicket } from '../pm/ticket.ts'
import type { TicketField } from './parse-ticket.ts'

/** A ticket as programs exchange it: integers are decimal strings. */
export type TicketJson = Readonly<Record<TicketField, string>>

/** What `parseTicket` reads back to the same ticket. */
export function ticketToJson(ticket: SignedTicket): TicketJson {
  return {
    recipient: ticket.recipient,
    sender: ticket.sender,
    faceValue: ticket.faceValue.toString(),
    winProb: ticket.winProb.toString(),
    senderNonce: ticket.senderNonce.toString(),
    recipientRandHash: ticket.recipientRandHash,
    creationRound: ticket.creationRound.toString(),
    creationRoundBlockHash: ticket.creationRoundBlockHash,
    sig: ticket.sig,
    recipientRand: ticket.recipientRand.toString(),
  }
}
