import type { ValidationEngine } from './engine.ts'
import { layout } from './packed-tickets.ts'
import { verdicts } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** What comes back for each ticket: its hash, 32 bytes, and one byte with its verdict. */
export const resultSize = 33

/** EIP-191 personal_sign of 32 bytes. */
const personalPrefix = Buffer.from('\u0019Ethereum Signed Message:\n32')

/** Half of the order of secp256k1, rounded down: where low s ends. */
const halfOrder = Buffer.from('7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0', 'hex')

const zeroAddress = Buffer.alloc(20)
const noAuxData = Buffer.alloc(64)

const codes = Object.fromEntries(verdicts.map((verdict, code) => [verdict, code])) as Readonly<
  Record<Verdict, number>
>

/**
 * Hashes and judges packed tickets, in the order in which a recipient checks a ticket that it receives (spec of
 * go-livepeer's `validator.ValidateTicket`), and then what the contract wants besides: auxData.
 *
 * @returns `resultSize` bytes for each ticket
 */
export function validatePacked(packed: Uint8Array, engine: ValidationEngine): Uint8Array<ArrayBuffer> {
  const count = packed.length / layout.end
  const results = new Uint8Array(count * resultSize)
  const digests = new Uint8Array(count * 32)
  const signatures = new Uint8Array(count * 65)
  const signers = new Uint8Array(count * 20)
  const personal = new Uint8Array(personalPrefix.length + 32)
  personal.set(personalPrefix)
  /** The tickets whose signatures are left to check. */
  const candidates: number[] = []

  for (let index = 0; index < count; index++) {
    const ticket = packed.subarray(index * layout.end, (index + 1) * layout.end)
    const hash = engine.keccak256(ticket.subarray(0, hasAuxData(ticket) ? layout.sig : layout.auxData))
    results.set(hash, index * resultSize)
    const fault = faultBeforeSignature(ticket, engine)
    if (fault !== undefined) {
      results[index * resultSize + 32] = codes[fault]
      continue
    }
    personal.set(results.subarray(index * resultSize, index * resultSize + 32), personalPrefix.length)
    const place = candidates.push(index) - 1
    digests.set(engine.keccak256(personal), place * 32)
    signatures.set(ticket.subarray(layout.sig, layout.recipientRand), place * 65)
    signers.set(ticket.subarray(layout.sender, layout.faceValue), place * 20)
  }

  const signed = engine.checkSigners({ count: candidates.length, digests, signatures, signers })
  for (const [place, index] of candidates.entries()) {
    const ticket = packed.subarray(index * layout.end, (index + 1) * layout.end)
    const verdict = signed[place] === 1 ? judgeSigned(ticket, engine) : 'badSignature'
    results[index * resultSize + 32] = codes[verdict]
  }
  return results
}

function faultBeforeSignature(ticket: Uint8Array, engine: ValidationEngine): Verdict | undefined {
  if (isAt(ticket, layout.recipient, zeroAddress)) return 'noRecipient'
  if (isAt(ticket, layout.sender, zeroAddress)) return 'noSender'
  const randHash = engine.keccak256(ticket.subarray(layout.recipientRand))
  if (!isAt(ticket, layout.recipientRandHash, randHash)) return 'wrongRecipientRand'
  const v = ticket[layout.recipientRand - 1]
  const s = ticket.subarray(layout.sig + 32, layout.sig + 64)
  if ((v !== 27 && v !== 28) || Buffer.compare(s, halfOrder) > 0) return 'badSignature'
  return undefined
}

function judgeSigned(ticket: Uint8Array, engine: ValidationEngine): Verdict {
  if (!hasAuxData(ticket)) return 'noCreationRound'
  const draw = engine.keccak256(ticket.subarray(layout.sig))
  return Buffer.compare(draw, ticket.subarray(layout.winProb, layout.senderNonce)) < 0 ? 'winner' : 'loser'
}

/** Without a creation round and the hash of its block the auxData is empty. */
function hasAuxData(ticket: Uint8Array): boolean {
  return !isAt(ticket, layout.auxData, noAuxData)
}

function isAt(ticket: Uint8Array, offset: number, bytes: Uint8Array): boolean {
  return Buffer.compare(ticket.subarray(offset, offset + bytes.length), bytes) === 0
}
