import {
  parseSignature,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
} from 'viem'
import type { Hex } from 'viem'

import type { SignedTicket } from '../../src/lib/pm/ticket.ts'

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** The same signature in 64 bytes, by EIP-2098. */
export function inCompactForm(ticket: SignedTicket): SignedTicket {
  const sig = serializeCompactSignature(signatureToCompactSignature(parseSignature(ticket.sig)))
  return { ...ticket, sig }
}

/** The other signature over the same hash, with the higher s. */
export function withHighS(ticket: SignedTicket): SignedTicket {
  const { r, s, yParity } = parseSignature(ticket.sig)
  const higher: Hex = `0x${(order - BigInt(s)).toString(16).padStart(64, '0')}`
  return { ...ticket, sig: serializeSignature({ r, s: higher, yParity: 1 - yParity }) }
}

/** With v as 0 or 1. */
export function withSmallV(ticket: SignedTicket): SignedTicket {
  const v = ticket.sig.endsWith('1b') ? '00' : '01'
  return { ...ticket, sig: `${ticket.sig.slice(0, -2) as Hex}${v}` }
}

/** Two bytes short: a byte short it may pass for the compact form. */
export function cutShort(ticket: SignedTicket): SignedTicket {
  return { ...ticket, sig: ticket.sig.slice(0, -4) as Hex }
}
