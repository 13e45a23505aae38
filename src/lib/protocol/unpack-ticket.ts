import { getAddress, toHex } from 'viem'

import type { SignedTicket } from '../pm/ticket.ts'
import { layout } from '../tickets/validation/packed-tickets.ts'

/** A ticket of the bytes that go to the validation; see `layout`. */
export function unpackTicket(packed: Uint8Array): SignedTicket {
  const hex = (start: number, end: number) => toHex(packed.subarray(start, end))
  const whole = (start: number) => BigInt(hex(start, start + 32))
  return {
    recipient: getAddress(hex(layout.recipient, layout.sender)),
    sender: getAddress(hex(layout.sender, layout.faceValue)),
    faceValue: whole(layout.faceValue),
    winProb: whole(layout.winProb),
    senderNonce: whole(layout.senderNonce),
    recipientRandHash: hex(layout.recipientRandHash, layout.auxData),
    creationRound: whole(layout.auxData),
    creationRoundBlockHash: hex(layout.auxData + 32, layout.sig),
    sig: hex(layout.sig, layout.recipientRand),
    recipientRand: whole(layout.recipientRand),
  }
}
