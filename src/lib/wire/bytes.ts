import { getAddress, toHex } from 'viem'
import type { Address, Hex } from 'viem'

/** What a byte field is refused with, which says what is wrong. */
export type Refuse = (why: string) => Error

/** A field of one length; throws what `refuse` makes of any other. */
export function readHex(bytes: Uint8Array, size: number, name: string, refuse: Refuse): Hex {
  if (bytes.length !== size) throw refuse(`${name} is not ${String(size)} bytes`)
  return toHex(bytes)
}

/** A field of 20 bytes; throws what `refuse` makes of any other length. */
export function readAddress(bytes: Uint8Array, name: string, refuse: Refuse): Address {
  return getAddress(readHex(bytes, 20, name, refuse))
}

/** An integer as big-endian bytes, none for zero; throws what `refuse` makes of more than 256 bits. */
export function readUint256(bytes: Uint8Array, name: string, refuse: Refuse): bigint {
  if (bytes.length > 32) throw refuse(`${name} has more than 256 bits`)
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
}

/** An integer as go-livepeer writes it: big-endian, without leading zeros, nothing for zero. */
export function minimalBytes(value: bigint): Uint8Array {
  const digits = value === 0n ? '' : value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
}

export function hexBytes(hex: Hex): Uint8Array {
  return Buffer.from(hex.slice(2), 'hex')
}
