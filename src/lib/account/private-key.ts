import { randomBytes } from 'node:crypto'
import type { Address, Hex } from 'viem'

import { UsageError } from '../errors.ts'

/** The number of points of secp256k1; a private key is below it. SEC 2, section 2.4.1. */
const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * Reads a private key: 32 bytes of hex, with or without 0x. The value is never part of the error.
 *
 * @throws {UsageError} KEY_INVALID
 */
export function parsePrivateKey(text: string): Hex {
  const digits = /^(?:0x)?([0-9a-f]{64})$/i.exec(text.trim())?.[1]
  if (digits === undefined) throw invalid('it must be 64 hex digits, with or without 0x')
  const key: Hex = `0x${digits.toLowerCase()}`
  if (!isInCurveOrder(key)) throw invalid('it is not within the order of the curve')
  return key
}

/** A new private key from the system's random numbers. */
export function randomPrivateKey(): Hex {
  for (;;) {
    const key: Hex = `0x${randomBytes(32).toString('hex')}`
    if (isInCurveOrder(key)) return key
  }
}

/** The checksummed address of a private key. The curve is loaded when it is first needed. */
export async function addressOf(privateKey: Hex): Promise<Address> {
  const { privateKeyToAddress } = await import('./sign-locally.ts')
  return privateKeyToAddress(privateKey)
}

/** True for 1 to order - 1: everything else has no public key. */
export function isInCurveOrder(key: Hex): boolean {
  const number = BigInt(key)
  return number > 0n && number < curveOrder
}

function invalid(why: string): UsageError {
  return new UsageError('KEY_INVALID', `this is not a private key: ${why}`)
}

/**
 * The path as it is, unless somebody has put the key where its file belongs: then it is not repeated in any error.
 *
 * @throws {UsageError} KEY_GIVEN_AS_FILE
 */
export function refuseKey(path: string): string {
  if (!/^(?:0x)?[0-9a-f]{64}$/i.test(path)) return path
  throw new UsageError('KEY_GIVEN_AS_FILE', 'that is a private key, not the name of a file that holds one', {
    nextSteps: ['use a new key: other programs and the history of your shell may know this one'],
  })
}
