import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'

import type { Row, Value } from './database.ts'

/** Hex digits of exactly so many bytes, for a row of JSON. */
export function digits(hex: Hex, bytes: number): string {
  if (hex.length !== 2 + 2 * bytes) throw new RangeError(`not ${bytes} bytes: ${hex.length} characters`)
  return hex.slice(2)
}

/** A uint256 as 32 bytes, big-endian, so that the database orders them; hex digits. */
export function uintDigits(value: bigint): string {
  if (value < 0n || value >= 1n << 256n) throw new RangeError('not a uint256')
  return value.toString(16).padStart(64, '0')
}

/** Bytes from hex digits, as a parameter. */
export function toBytes(digitsOfBytes: string): Uint8Array {
  return Buffer.from(digitsOfBytes, 'hex')
}

/** Readers of a row's columns. The schema says what each holds, so a wrong type is a mistake of ours. */
export function hexIn(row: Row, column: string): Hex {
  return hexOf(row[column], column)
}

export function addressIn(row: Row, column: string): Address {
  return getAddress(hexIn(row, column))
}

export function uintIn(row: Row, column: string): bigint {
  return BigInt(hexIn(row, column))
}

export function textIn(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw wrong(column)
  return value
}

export function integerIn(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw wrong(column)
  return value
}

function hexOf(value: Value | undefined, column: string): Hex {
  if (!(value instanceof Uint8Array)) throw wrong(column)
  return `0x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
}

function wrong(column: string): TypeError {
  return new TypeError(`the column ${column} is not of its type`)
}
