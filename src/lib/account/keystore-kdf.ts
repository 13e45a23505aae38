import { pbkdf2, scrypt } from 'node:crypto'

import { ConfigurationError } from '../errors.ts'
import { invalidKeystore, readHex, readInteger, readLiteral, type JsonObject } from './keystore-fields.ts'

export interface ScryptParams {
  readonly dklen: 32
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
}

export interface Pbkdf2Params {
  readonly dklen: 32
  readonly c: number
  readonly prf: 'hmac-sha256'
  readonly salt: string
}

/** How a keystore makes a key from the password; named as in the file. */
export type KeystoreKdf =
  | { readonly kdf: 'scrypt'; readonly kdfparams: ScryptParams }
  | { readonly kdf: 'pbkdf2'; readonly kdfparams: Pbkdf2Params }

const maxScryptBytes = 2 ** 30

/**
 * Reads the parameters and refuses those that would only exhaust memory or time. Computes nothing.
 *
 * @throws {ConfigurationError} KEYSTORE_INVALID
 */
export function readKdf(kdf: unknown, kdfparams: JsonObject): KeystoreKdf {
  const dklen = readLiteral(kdfparams.dklen, 'crypto.kdfparams.dklen', 32)
  const salt = readHex(kdfparams.salt, 'crypto.kdfparams.salt', 8, 128)
  if (kdf === 'pbkdf2') {
    const c = readInteger(kdfparams.c, 'crypto.kdfparams.c', 1, 10_000_000)
    const prf = readLiteral(kdfparams.prf, 'crypto.kdfparams.prf', 'hmac-sha256')
    return { kdf, kdfparams: { dklen, c, prf, salt } }
  }
  if (kdf === 'scrypt') {
    const n = readInteger(kdfparams.n, 'crypto.kdfparams.n', 2, 2 ** 20)
    if (!Number.isInteger(Math.log2(n))) throw invalidKeystore('crypto.kdfparams.n', 'must be a power of two')
    const r = readInteger(kdfparams.r, 'crypto.kdfparams.r', 1, 32)
    const p = readInteger(kdfparams.p, 'crypto.kdfparams.p', 1, 16)
    if (128 * n * r > maxScryptBytes) {
      throw invalidKeystore('crypto.kdfparams.n', 'must not need more than 1 GiB of memory')
    }
    return { kdf, kdfparams: { dklen, n, r, p, salt } }
  }
  throw invalidKeystore('crypto.kdf', 'must be scrypt or pbkdf2')
}

/** The 32 bytes that encrypt and authenticate the private key. Takes about a second with usual parameters. */
export async function deriveKey({ kdf, kdfparams }: KeystoreKdf, password: string): Promise<Buffer> {
  const salt = Buffer.from(kdfparams.salt, 'hex')
  if (kdf === 'pbkdf2') {
    return await settled((done) => {
      pbkdf2(password, salt, kdfparams.c, kdfparams.dklen, 'sha256', done)
    })
  }
  const { n, r, p, dklen } = kdfparams
  if (exceedsOpenSsl(n, r)) return await deriveWithoutOpenSsl(kdfparams, password)
  return await settled((done) => {
    // Node's own default of 32 MiB is less than what geth's parameters need.
    const maxmem = 128 * r * (n + p + 3)
    scrypt(password, salt, dklen, { N: n, r, p, maxmem }, done)
  })
}

/** RFC 7914 wants n below 2^(16 r) and OpenSSL insists; the format's own test vector has n = 2^18, r = 1. */
function exceedsOpenSsl(n: number, r: number): boolean {
  return n >= 2 ** (16 * r)
}

async function deriveWithoutOpenSsl({ n, r, p, salt }: ScryptParams, password: string): Promise<Buffer> {
  const { scryptAsync } = await import('ox/Keystore')
  const [key] = await scryptAsync({ password, n, r, p, salt: `0x${salt}` })
  return Buffer.from(key().slice(2), 'hex')
}

async function settled(start: (done: (error: Error | null, key: Buffer) => void) => void): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    start((error, key) => {
      if (error === null) resolve(key)
      else reject(outOfMemory(error))
    })
  })
}

function outOfMemory(cause: Error): ConfigurationError {
  return new ConfigurationError(
    'KEYSTORE_TOO_COSTLY',
    'the key of the keystore cannot be derived: there may be too little memory',
    { nextSteps: ['try again with at least 512 MiB of free memory'], cause },
  )
}
