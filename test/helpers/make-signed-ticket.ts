import * as Hash from 'ox/wasm/Hash'
import * as Secp256k1 from 'ox/wasm/Secp256k1'
import { getAddress, toHex } from 'viem'
import type { Address, Hex } from 'viem'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { encodeTicket } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket, Ticket } from '../../src/lib/pm/ticket.ts'
import { isWinner } from '../../src/lib/pm/win.ts'
import { makeTicket, recipientRand as usualRand } from './make-ticket.ts'

/** Ten times as fast as viem, so that tests can sign by the thousand. */
const [{ keccak256 }, { getPublicKey, sign }] = await Promise.all([Hash.engine(), Secp256k1.engine()])

const bytes = (hex: Hex) => Buffer.from(hex.slice(2), 'hex')
const personal = Buffer.from('\u0019Ethereum Signed Message:\n32')

export interface TicketChanges extends Partial<Ticket> {
  /** recipientRandHash follows from it, unless that is changed too. */
  readonly recipientRand?: bigint
  /** The gateway's unless told; the sender follows from it, unless that is changed too. */
  readonly privateKey?: Hex
}

/** The address of a private key. */
export function senderOf(privateKey: Hex): Address {
  if (privateKey === devnetAccounts[1].privateKey) return devnetAccounts[1].address
  return getAddress(toHex(keccak256(getPublicKey(bytes(privateKey)).subarray(1)).subarray(12)))
}

/** EIP-191 personal_sign over 32 bytes. */
export function signHash(hash: Uint8Array, privateKey: Hex): Hex {
  const digest = keccak256(Buffer.concat([personal, hash]))
  const signature = sign(digest, bytes(privateKey), { extraEntropy: false, prehash: false })
  return `${toHex(signature.subarray(1))}${signature[0] === 0 ? '1b' : '1c'}`
}

/** `makeTicket`, signed with a real key. */
export function makeSignedTicket(changes: TicketChanges = {}): SignedTicket {
  const { recipientRand = usualRand, privateKey = devnetAccounts[1].privateKey, ...fields } = changes
  const randBytes = bytes(toHex(recipientRand, { size: 32 }))
  const ticket = makeTicket({
    sender: changes.sender ?? senderOf(privateKey),
    recipientRandHash: toHex(keccak256(randBytes)),
    ...fields,
  })
  return { ...ticket, sig: signHash(keccak256(encodeTicket(ticket)), privateKey), recipientRand }
}

/** A signed ticket that wins: the first from its nonce on. */
export function makeWinner(changes: TicketChanges = {}): SignedTicket {
  for (let senderNonce = changes.senderNonce ?? 1n; ; senderNonce++) {
    const ticket = makeSignedTicket({ ...changes, senderNonce })
    if (isWinner(ticket)) return ticket
  }
}

/** A signed ticket that loses: the first from its nonce on. */
export function makeLoser(changes: TicketChanges = {}): SignedTicket {
  for (let senderNonce = changes.senderNonce ?? 1n; ; senderNonce++) {
    const ticket = makeSignedTicket({ winProb: 2n ** 255n, ...changes, senderNonce })
    if (!isWinner(ticket)) return ticket
  }
}
