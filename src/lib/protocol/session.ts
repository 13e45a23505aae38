import { hexToBytes, numberToHex } from 'viem'
import type { Hex } from 'viem'

import { layout } from '../tickets/validation/packed-tickets.ts'
import type { ProtocolEngine } from './protocol-engine.ts'
import type { Receiver } from './receiver.ts'
import type { SenderKey } from './parties.ts'

/** Ticket parameters that an orchestrator gives a sender. */
interface TicketParameters {
  readonly sender: SenderKey
  readonly receiver: Receiver
  readonly faceValueWei: bigint
  readonly winProb: bigint
  readonly expirationBlock: bigint
  readonly creationRound: bigint
}

export interface SessionTerms extends TicketParameters {
  readonly creationRoundBlockHash: Hex
  readonly recipientRand: bigint
}

/** Ticket parameters that have been given, and the tickets made with them. */
export interface Session extends TicketParameters {
  /** A ticket's bytes but for nonce and signature. */
  readonly template: Uint8Array
  /** What the sender has used; the first is 1. */
  lastNonce: number
  /** What the recipient has seen. */
  readonly seenNonces: Set<number>
  /** The state of the chain by which the sender has last found that it may send. */
  checkedVersion: number
}

export function openSession(terms: SessionTerms, engine: ProtocolEngine): Session {
  const { creationRoundBlockHash, recipientRand, ...kept } = terms
  const rand = word(recipientRand)
  const template = new Uint8Array(layout.end)
  template.set(hexToBytes(terms.receiver.address), layout.recipient)
  template.set(hexToBytes(terms.sender.address), layout.sender)
  template.set(word(terms.faceValueWei), layout.faceValue)
  template.set(word(terms.winProb), layout.winProb)
  template.set(engine.keccak256(rand), layout.recipientRandHash)
  template.set(word(terms.creationRound), layout.auxData)
  template.set(hexToBytes(creationRoundBlockHash), layout.auxData + 32)
  template.set(rand, layout.recipientRand)
  return { ...kept, template, lastNonce: 0, seenNonces: new Set(), checkedVersion: -1 }
}

const prefix = Buffer.from('\u0019Ethereum Signed Message:\n32')

/** Signs the session's next ticket into `packed`: hash, EIP-191, signature. */
export function signNext(session: Session, packed: Uint8Array, engine: ProtocolEngine): void {
  session.lastNonce++
  packed.set(session.template)
  // A nonce is at most 600.
  packed[layout.senderNonce + 30] = session.lastNonce >> 8
  packed[layout.senderNonce + 31] = session.lastNonce & 255
  const personal = new Uint8Array(prefix.length + 32)
  personal.set(prefix)
  personal.set(engine.keccak256(packed.subarray(0, layout.sig)), prefix.length)
  packed.set(engine.sign(engine.keccak256(personal), session.sender.privateKey), layout.sig)
}

function word(value: bigint): Uint8Array {
  return hexToBytes(numberToHex(value, { size: 32 }))
}
