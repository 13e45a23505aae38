import { ConfigurationError } from '../errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The error for a keystore that is not one, or that asks for what is refused. Values are never shown. */
export function invalidKeystore(field: string, why: string): ConfigurationError {
  return new ConfigurationError('KEYSTORE_INVALID', `not a valid keystore: ${field} ${why}`, {
    details: { field },
    nextSteps: ['give a Web3 Secret Storage file of version 3, as geth and go-livepeer write them'],
  })
}

export function readObject(value: unknown, field: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidKeystore(field, 'must be an object')
  }
  return value as JsonObject
}

/** Hex of a number of bytes within bounds, as lower case without 0x. */
export function readHex(value: unknown, field: string, minBytes: number, maxBytes = minBytes): string {
  const digits = typeof value === 'string' ? /^(?:0x)?((?:[0-9a-f]{2})*)$/i.exec(value)?.[1] : undefined
  const bytes = (digits?.length ?? -1) / 2
  if (digits === undefined || bytes < minBytes || bytes > maxBytes) {
    const size = minBytes === maxBytes ? String(minBytes) : `${String(minBytes)} to ${String(maxBytes)}`
    throw invalidKeystore(field, `must be ${size} bytes of hex`)
  }
  return digits.toLowerCase()
}

export function readInteger(value: unknown, field: string, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    throw invalidKeystore(field, `must be an integer from ${String(min)} to ${String(max)}`)
  }
  return value
}

export function readLiteral<const T extends string | number>(value: unknown, field: string, expected: T): T {
  if (value !== expected) throw invalidKeystore(field, `must be ${String(expected)}`)
  return expected
}
