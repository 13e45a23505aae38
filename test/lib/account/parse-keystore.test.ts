import assert from 'node:assert/strict'
import fc from 'fast-check'

import { parseKeystore } from '../../../src/lib/account/keystore-v3.ts'
import { exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { makeKeystore, makeKeystoreText, testKey } from './keystore-builder.ts'
import { assertHidden, failureOf } from './secrets.ts'

/** A keystore text with one value replaced, or removed if the value is undefined. */
function withValue(path: string, value: unknown, kdf: 'scrypt' | 'pbkdf2' = 'scrypt'): string {
  const keystore: Record<string, unknown> = makeKeystore({ kdf })
  const names = path.split('.')
  let parent = keystore
  for (const name of names.slice(0, -1)) parent = parent[name] as Record<string, unknown>
  parent[names.at(-1) ?? ''] = value
  return JSON.stringify(keystore)
}

/** The parser is synchronous and derives nothing, so what it refuses has cost no memory and no time. */
function assertRefused(text: string, field: string, why: string): void {
  assert.throws(
    () => parseKeystore(text),
    (error: unknown) => {
      assert.ok(error instanceof LpPayError)
      assert.equal(error.message, `not a valid keystore: ${field} ${why}`)
      assert.equal(error.code, 'KEYSTORE_INVALID')
      assert.equal(error.exitCode, exitCodes.configuration)
      assert.deepEqual(error.details, { field })
      return true
    },
  )
}

describe('parseKeystore', () => {
  describe('hostile scrypt parameters', () => {
    const range = 'must be an integer from 2 to 1048576'
    for (const n of [0, 1, -2, 2 ** 21, 2 ** 31, 2 ** 53, 1.5, '262144', null, [2], true]) {
      it(`refuses n = ${JSON.stringify(n)}`, () => {
        assertRefused(withValue('crypto.kdfparams.n', n), 'crypto.kdfparams.n', range)
      })
    }

    it('refuses an n that JavaScript would read as infinite', () => {
      const text = makeKeystoreText().replace('"n":2', '"n":1e400')
      assertRefused(text, 'crypto.kdfparams.n', range)
    })

    it('refuses an n that is no power of two', () => {
      for (const n of [3, 262_143, 262_145, 2 ** 20 - 2]) {
        assertRefused(withValue('crypto.kdfparams.n', n), 'crypto.kdfparams.n', 'must be a power of two')
      }
    })

    for (const [name, max] of [
      ['r', 32],
      ['p', 16],
    ] as const) {
      it(`refuses ${name} outside of 1 to ${String(max)}`, () => {
        for (const value of [0, -1, max + 1, 2 ** 30, 1.5, '8', undefined]) {
          const field = `crypto.kdfparams.${name}`
          assertRefused(withValue(field, value), field, `must be an integer from 1 to ${String(max)}`)
        }
      })
    }

    it('refuses n and r that together need more than 1 GiB', () => {
      const costs = (n: number, r: number) =>
        makeKeystoreText().replace('"n":2,"r":8', `"n":${String(n)},"r":${String(r)}`)
      assertRefused(costs(2 ** 20, 9), 'crypto.kdfparams.n', 'must not need more than 1 GiB of memory')
      assertRefused(costs(2 ** 19, 17), 'crypto.kdfparams.n', 'must not need more than 1 GiB of memory')
      assert.doesNotThrow(() => parseKeystore(costs(2 ** 20, 8)))
      assert.doesNotThrow(() => parseKeystore(costs(2 ** 18, 32)))
    })
  })

  it('refuses hostile pbkdf2 parameters', () => {
    for (const c of [0, -1, 10_000_001, 2 ** 32, 0.5, '1000', undefined]) {
      const text = withValue('crypto.kdfparams.c', c, 'pbkdf2')
      assertRefused(text, 'crypto.kdfparams.c', 'must be an integer from 1 to 10000000')
    }
    for (const prf of ['hmac-sha512', 'hmac-md5', undefined, 1]) {
      const text = withValue('crypto.kdfparams.prf', prf, 'pbkdf2')
      assertRefused(text, 'crypto.kdfparams.prf', 'must be hmac-sha256')
    }
  })

  const refused: [field: string, values: unknown[], why: string][] = [
    ['version', [1, 2, 4, '3', 3.5, null, undefined], 'must be 3'],
    ['id', ['', 'x', 1, undefined, '3198bc9c66725ab3d9954942343ae5b6'], 'must be a UUID'],
    ['address', ['', '0x', 1, null, 'zz'.repeat(20), '11'.repeat(21)], 'must be 20 bytes of hex'],
    ['crypto', [undefined, null, [], 'x', 1], 'must be an object'],
    ['crypto.cipher', ['aes-128-cbc', 'AES-128-CTR', undefined, ['aes-128-ctr']], 'must be aes-128-ctr'],
    ['crypto.cipherparams', [undefined, null, [], 'x'], 'must be an object'],
    ['crypto.cipherparams.iv', ['', '11'.repeat(15), '11'.repeat(17), 1], 'must be 16 bytes of hex'],
    [
      'crypto.ciphertext',
      ['', '11'.repeat(29), '11'.repeat(33), `${'11'.repeat(31)}1`, {}],
      'must be 30 to 32 bytes of hex',
    ],
    [
      'crypto.kdf',
      ['argon2id', 'SCRYPT', '__proto__', 'constructor', undefined, 1],
      'must be scrypt or pbkdf2',
    ],
    ['crypto.kdfparams', [undefined, null, [2], 'x'], 'must be an object'],
    ['crypto.kdfparams.dklen', [16, 31, 33, 64, 2 ** 31, '32', undefined], 'must be 32'],
    [
      'crypto.kdfparams.salt',
      ['', '11'.repeat(7), '11'.repeat(129), 'g'.repeat(64), 1],
      'must be 8 to 128 bytes of hex',
    ],
    ['crypto.mac', ['', '11'.repeat(31), '11'.repeat(33), null], 'must be 32 bytes of hex'],
  ]
  for (const [field, values, why] of refused) {
    it(`refuses a wrong ${field}`, () => {
      for (const value of values) assertRefused(withValue(field, value), field, why)
    })
  }

  it('refuses crypto and Crypto together', () => {
    assertRefused(withValue('Crypto', makeKeystore().crypto), 'crypto', 'is there twice')
  })

  it('refuses repeated keys and __proto__', () => {
    const text = makeKeystoreText()
    const twice = text.replace('"version":3', '"version":3,"version":3')
    assertRefused(twice, 'the file', 'cannot be read: it has the key version twice')
    const proto = text.replace('"version":3', '"version":3,"__proto__":{"address":"00"}')
    assertRefused(proto, 'the file', 'cannot be read: it has a key named __proto__')
  })

  it('refuses what is not an object', () => {
    for (const text of ['[]', 'null', '3', '"keystore"', `[${makeKeystoreText()}]`]) {
      assertRefused(text, 'the file', 'must be an object')
    }
  })

  it('refuses a text cut off anywhere', () => {
    const text = makeKeystoreText()
    for (let length = 0; length < text.length; length++) {
      assertRefused(text.slice(0, length), 'the file', 'cannot be read: it is not JSON')
    }
  })

  it('refuses a huge text before parsing it', () => {
    assertRefused(' '.repeat(64 * 1024) + makeKeystoreText(), 'the file', 'is too large')
  })

  it('does not show a private key or a password given as a keystore', async () => {
    for (const text of [testKey, testKey.slice(2), 'canary-password', '{"password":canary-password}']) {
      assertHidden(await failureOf(() => parseKeystore(text)), [testKey, testKey.slice(2, 12), 'canary'])
    }
  })

  it('fails with nothing but KEYSTORE_INVALID, whatever a field is replaced by', () => {
    const paths = refused.map(([path]) => path).concat(['crypto.kdfparams.n', 'crypto.kdfparams.r'])
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        try {
          parseKeystore(withValue(path, value))
        } catch (error) {
          assert.ok(error instanceof LpPayError)
          assert.equal(error.code, 'KEYSTORE_INVALID')
        }
      }),
      { numRuns: 500 },
    )
  })
})
