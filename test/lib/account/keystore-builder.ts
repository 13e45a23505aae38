import { createCipheriv, pbkdf2Sync, scryptSync } from 'node:crypto'
import { keccak256 } from 'viem/utils'

export const testPassword = 'testpassword'
export const testKey = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
export const testAddress = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b'

/** The vectors of the Web3 Secret Storage Definition for password, key and address above. */
export const officialVectors = {
  scrypt: {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
      ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
      kdf: 'scrypt',
      kdfparams: {
        dklen: 32,
        n: 262_144,
        r: 1,
        p: 8,
        salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
      },
      mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
  pbkdf2: {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
      ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
      kdf: 'pbkdf2',
      kdfparams: {
        c: 262_144,
        dklen: 32,
        prf: 'hmac-sha256',
        salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
      },
      mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
} as const

const salt = '11'.repeat(32)
const iv = '22'.repeat(16)

export interface MakeKeystoreOptions {
  readonly key?: string
  readonly password?: string
  /** Anything but undefined is written as it is. */
  readonly address?: unknown
  readonly kdf?: 'scrypt' | 'pbkdf2'
}

/** A keystore that opens at once, as geth writes it (n is far too small for real use). */
export function makeKeystore({
  key = testKey,
  password = testPassword,
  address = testAddress.slice(2).toLowerCase(),
  kdf = 'scrypt',
}: MakeKeystoreOptions = {}) {
  const saltBytes = Buffer.from(salt, 'hex')
  const derived =
    kdf === 'scrypt'
      ? scryptSync(password, saltBytes, 32, { N: 2, r: 8, p: 1 })
      : pbkdf2Sync(password, saltBytes, 1, 32, 'sha256')
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), Buffer.from(iv, 'hex'))
  const ciphertext = cipher.update(Buffer.from(key.replace(/^0x/, ''), 'hex'))
  const kdfparams = kdf === 'scrypt' ? { n: 2, r: 8, p: 1 } : { c: 1, prf: 'hmac-sha256' }
  return {
    address,
    crypto: {
      cipher: 'aes-128-ctr',
      ciphertext: ciphertext.toString('hex'),
      cipherparams: { iv },
      kdf,
      kdfparams: { dklen: 32, ...kdfparams, salt },
      mac: keccak256(Buffer.concat([derived.subarray(16), ciphertext])).slice(2),
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  }
}

/** {@link makeKeystore} as text, without an address if it is null. */
export function makeKeystoreText(options: MakeKeystoreOptions = {}): string {
  const { address, ...rest } = makeKeystore(options)
  return JSON.stringify(address === null ? rest : { address, ...rest })
}
