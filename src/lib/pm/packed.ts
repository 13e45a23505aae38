import { maxUint256 } from 'viem'
import type { Hex } from 'viem'

import { UsageError } from '../errors.ts'

/**
 * The hex digits, without 0x, of a field of exactly `size` bytes.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function fixedDigits(field: string, value: Hex, size: number): string {
  if (value.length !== 2 + 2 * size || !/^0x[0-9a-f]*$/i.test(value)) {
    throw invalid(field, `is not 0x and ${size} bytes of hex`)
  }
  return value.slice(2)
}

/**
 * The 64 hex digits of a uint256.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function uint256Digits(field: string, value: bigint): string {
  if (value < 0n || value > maxUint256) throw invalid(field, 'is not from 0 to 2^256 - 1')
  return value.toString(16).padStart(64, '0')
}

/**
 * The hex digits of a uint256 in as few bytes as it needs, none for zero (Go's `big.Int.Bytes`).
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function minimalDigits(field: string, value: bigint): string {
  return uint256Digits(field, value).replace(/^(00)+/, '')
}

/** The value is left out: it comes from outside and is of any length. */
function invalid(field: string, what: string): UsageError {
  return new UsageError('TICKET_FIELD_INVALID', `${field} ${what}`, { details: { field } })
}
