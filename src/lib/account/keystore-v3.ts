import { createCipheriv, createDecipheriv, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Hex } from 'viem'
import { getAddress, keccak256 } from 'viem/utils'

import { ConfigurationError } from '../errors.ts'
import { parseStrictJson } from '../files/parse-strict-json.ts'
import { invalidKeystore, readHex, readLiteral, readObject } from './keystore-fields.ts'
import { deriveKey, readKdf, type KeystoreKdf, type ScryptParams } from './keystore-kdf.ts'
import { addressOf, isInCurveOrder, parsePrivateKey } from './private-key.ts'

/** A Web3 Secret Storage file of version 3, checked: hex in lower case without 0x. */
export interface KeystoreV3 {
  /** Not in every file; the holder of the file can leave it out to hide whose it is. */
  readonly address?: string
  readonly crypto: KeystoreKdf & {
    readonly cipher: 'aes-128-ctr'
    readonly ciphertext: string
    readonly cipherparams: { readonly iv: string }
    readonly mac: string
  }
  readonly id: string
  readonly version: 3
}

export interface EncryptKeystoreOptions {
  /** What guessing a password costs: geth's standard (256 MiB, a second) or its light one (4 MiB). */
  readonly scrypt?: 'standard' | 'light'
}

/** A keystore has about 500 bytes; this leaves room for what other wallets add. */
export const maxKeystoreBytes = 64 * 1024

/**
 * Reads a keystore and refuses everything that could not be one, before anything is computed with it.
 *
 * @throws {ConfigurationError} KEYSTORE_INVALID, with the field in its details
 */
export function parseKeystore(text: string): KeystoreV3 {
  if (text.length > maxKeystoreBytes) throw invalidKeystore('the file', 'is too large')
  const file = readObject(
    parseStrictJson(text, (why) => invalidKeystore('the file', `cannot be read: ${why}`)),
    'the file',
  )
  const version = readLiteral(file.version, 'version', 3)
  const id = readUuid(file.id)
  const address = file.address === undefined ? {} : { address: readHex(file.address, 'address', 20) }
  return { ...address, crypto: readCrypto(file.crypto, file.Crypto), id, version }
}

function readCrypto(lower: unknown, upper: unknown): KeystoreV3['crypto'] {
  // geth reads keys in any case, so that with both it is open which one counts.
  if (lower !== undefined && upper !== undefined) throw invalidKeystore('crypto', 'is there twice')
  const crypto = readObject(lower ?? upper, 'crypto')
  const cipherparams = readObject(crypto.cipherparams, 'crypto.cipherparams')
  const kdfparams = readObject(crypto.kdfparams, 'crypto.kdfparams')
  return {
    cipher: readLiteral(crypto.cipher, 'crypto.cipher', 'aes-128-ctr'),
    // Old versions of geth dropped leading zero bytes of the key.
    ciphertext: readHex(crypto.ciphertext, 'crypto.ciphertext', 30, 32),
    cipherparams: { iv: readHex(cipherparams.iv, 'crypto.cipherparams.iv', 16) },
    ...readKdf(crypto.kdf, kdfparams),
    mac: readHex(crypto.mac, 'crypto.mac', 32),
  }
}

function readUuid(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) {
    throw invalidKeystore('id', 'must be a UUID')
  }
  return value.toLowerCase()
}

/** geth's accounts/keystore: StandardScryptN and P, LightScryptN and P. */
const scryptCosts = { standard: { n: 2 ** 18, r: 8, p: 1 }, light: { n: 2 ** 12, r: 8, p: 6 } } as const

/**
 * Encrypts a private key under a password, as geth does.
 *
 * @throws {UsageError} KEY_INVALID
 */
export async function encryptKeystore(
  privateKey: Hex,
  password: string,
  { scrypt = 'standard' }: EncryptKeystoreOptions = {},
): Promise<KeystoreV3> {
  const key = parsePrivateKey(privateKey)
  const address = (await addressOf(key)).slice(2).toLowerCase()
  const salt = randomBytes(32).toString('hex')
  const kdfparams: ScryptParams = { dklen: 32, ...scryptCosts[scrypt], salt }
  const derived = await deriveKey({ kdf: 'scrypt', kdfparams }, password)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(key.slice(2), 'hex')), cipher.final()])
  const mac = macOf(derived, ciphertext)
  derived.fill(0)
  return {
    address,
    crypto: {
      cipher: 'aes-128-ctr',
      ciphertext: ciphertext.toString('hex'),
      cipherparams: { iv: iv.toString('hex') },
      kdf: 'scrypt',
      kdfparams,
      mac: mac.toString('hex'),
    },
    id: randomUUID(),
    version: 3,
  }
}

/**
 * The private key in a keystore. If the file names an address, the key must be the one of that address.
 *
 * @throws {ConfigurationError} PASSWORD_WRONG, KEYSTORE_ADDRESS_MISMATCH, KEYSTORE_INVALID
 */
export async function decryptKeystore(keystore: KeystoreV3, password: string): Promise<Hex> {
  const { crypto, address } = keystore
  const derived = await deriveKey(crypto, password)
  const ciphertext = Buffer.from(crypto.ciphertext, 'hex')
  if (!timingSafeEqual(macOf(derived, ciphertext), Buffer.from(crypto.mac, 'hex'))) throw wrongPassword()
  const iv = Buffer.from(crypto.cipherparams.iv, 'hex')
  const decipher = createDecipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()])
  const key: Hex = `0x${bytes.toString('hex').padStart(64, '0')}`
  bytes.fill(0)
  derived.fill(0)
  if (!isInCurveOrder(key)) throw invalidKeystore('crypto.ciphertext', 'does not hold a private key')
  if (address !== undefined) await requireAddress(key, address)
  return key
}

/**
 * Checks that a key is the one of an address: a file that was swapped or edited must not sign.
 *
 * @throws {ConfigurationError} KEYSTORE_ADDRESS_MISMATCH
 */
export async function requireAddress(key: Hex, address: string): Promise<void> {
  const derived = await addressOf(key)
  const expected = getAddress(`0x${address.replace(/^0x/, '').toLowerCase()}`)
  if (derived === expected) return
  throw new ConfigurationError(
    'KEYSTORE_ADDRESS_MISMATCH',
    `the keystore says ${expected}, but holds the key of ${derived}`,
    { details: { expected, derived }, nextSteps: ['restore the keystore from a backup'] },
  )
}

function macOf(derived: Buffer, ciphertext: Buffer): Buffer {
  return Buffer.from(keccak256(Buffer.concat([derived.subarray(16, 32), ciphertext]), 'bytes'))
}

function wrongPassword(): ConfigurationError {
  return new ConfigurationError('PASSWORD_WRONG', 'the password does not open the keystore', {
    nextSteps: ['try the password again; if it is right, the file is damaged: restore it from a backup'],
  })
}
