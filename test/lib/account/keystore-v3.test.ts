import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as OxKeystore from 'ox/Keystore'

import { decryptKeystore, encryptKeystore, parseKeystore } from '../../../src/lib/account/keystore-v3.ts'
import { exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { makeKeystore, makeKeystoreText, officialVectors, testKey, testPassword } from './keystore-builder.ts'
import { assertHidden, failureOf } from './secrets.ts'

const privateKey = fc
  .bigInt({ min: 1n, max: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140n })
  .map((key) => `0x${key.toString(16).padStart(64, '0')}` as const)

describe('decryptKeystore', () => {
  for (const [name, vector] of Object.entries(officialVectors)) {
    it(`opens the official vector for ${name}`, async () => {
      const keystore = parseKeystore(JSON.stringify(vector, null, 2))
      assert.equal(await decryptKeystore(keystore, testPassword), testKey)
    })
  }

  it('opens the same file under Crypto, with 0x and in upper case, with unknown fields', async () => {
    const { crypto, address, ...rest } = makeKeystore()
    const variants = [
      { ...rest, Crypto: crypto, address: `0x${String(address)}` },
      { ...rest, crypto, address: String(address).toUpperCase() },
      { ...rest, crypto: { ...crypto, mac: `0x${crypto.mac.toUpperCase()}` }, id: rest.id.toUpperCase() },
      { ...rest, crypto, name: 'hot', meta: '{}', 'x-ethers': { client: 'ethers' } },
    ]
    for (const variant of variants) {
      assert.equal(await decryptKeystore(parseKeystore(JSON.stringify(variant)), testPassword), testKey)
    }
  })

  it('opens a keystore with pbkdf2', async () => {
    const keystore = parseKeystore(makeKeystoreText({ kdf: 'pbkdf2' }))
    assert.equal(await decryptKeystore(keystore, testPassword), testKey)
  })

  it('opens a keystore whose key lost its leading zero bytes', async () => {
    for (const lost of [1, 2]) {
      const short = '12'.repeat(32 - lost)
      const keystore = parseKeystore(makeKeystoreText({ key: short, address: null }))
      assert.equal(await decryptKeystore(keystore, testPassword), `0x${'00'.repeat(lost)}${short}`)
    }
  })

  for (const kdf of ['scrypt', 'pbkdf2'] as const) {
    it(`refuses a wrong password for ${kdf}, and shows neither it nor the right one`, async () => {
      const keystore = parseKeystore(makeKeystoreText({ kdf }))
      for (const wrong of ['canary-password', '', `${testPassword}\n`, testPassword.toUpperCase()]) {
        const error = await failureOf(() => decryptKeystore(keystore, wrong))
        assert.ok(error instanceof LpPayError)
        assert.equal(error.code, 'PASSWORD_WRONG')
        assert.equal(error.exitCode, exitCodes.configuration)
        assert.equal(error.message, 'the password does not open the keystore')
        assertHidden(error, ['canary-password', testPassword, testKey])
      }
    })
  }

  it('takes every damaged ciphertext for a wrong password', async () => {
    const { crypto, ...rest } = makeKeystore()
    const damaged = { ...rest, crypto: { ...crypto, ciphertext: `00${crypto.ciphertext.slice(2)}` } }
    await assert.rejects(decryptKeystore(parseKeystore(JSON.stringify(damaged)), testPassword), {
      code: 'PASSWORD_WRONG',
    })
  })

  it('refuses the address of another key, and shows only addresses', async () => {
    const keystore = parseKeystore(makeKeystoreText({ address: '27b1fdb04752bbc536007a920d24acb045561c26' }))
    const error = await failureOf(() => decryptKeystore(keystore, testPassword))
    assert.ok(error instanceof LpPayError)
    assert.equal(error.code, 'KEYSTORE_ADDRESS_MISMATCH')
    assert.equal(
      error.message,
      'the keystore says 0x27b1fdb04752bbc536007a920d24acb045561c26, but holds the key of 0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b',
    )
    assertHidden(error, [testPassword, testKey])
  })

  it('refuses what is encrypted but no private key', async () => {
    for (const key of ['00'.repeat(32), 'ff'.repeat(32)]) {
      const keystore = parseKeystore(makeKeystoreText({ key, address: null }))
      await assert.rejects(decryptKeystore(keystore, testPassword), {
        code: 'KEYSTORE_INVALID',
        message: 'not a valid keystore: crypto.ciphertext does not hold a private key',
      })
    }
  })
})

describe('encryptKeystore', () => {
  it('is opened again, through text, for any key and password', async () => {
    await fc.assert(
      fc.asyncProperty(privateKey, fc.string({ unit: 'binary' }), async (key, password) => {
        const text = JSON.stringify(await encryptKeystore(key, password, { scrypt: 'light' }))
        const keystore = parseKeystore(text)
        assert.equal(JSON.stringify(keystore), text)
        assert.equal(await decryptKeystore(keystore, password), key)
      }),
      { numRuns: 12 },
    )
  })

  it('is opened by ox', async () => {
    const { address, ...keystore } = await encryptKeystore(testKey, 'pässword', { scrypt: 'light' })
    assert.equal(address, '008aeeda4d805471df9b2a5b0f38a0c3bcba786b')
    const derived = OxKeystore.toKey(keystore, { password: 'pässword' })
    assert.equal(OxKeystore.decrypt(keystore, derived), testKey)
  })

  it("uses geth's standard cost unless told, and fresh random values", async () => {
    const [one, two] = await Promise.all([encryptKeystore(testKey, 'a'), encryptKeystore(testKey, 'a')])
    assert.equal(one.crypto.kdf, 'scrypt')
    const { salt: _, ...cost } = one.crypto.kdfparams
    assert.deepEqual(cost, { dklen: 32, n: 262_144, r: 8, p: 1 })
    assert.equal(await decryptKeystore(one, 'a'), testKey)
    assert.notEqual(one.crypto.kdfparams.salt, two.crypto.kdfparams.salt)
    assert.notEqual(one.crypto.cipherparams.iv, two.crypto.cipherparams.iv)
    assert.notEqual(one.id, two.id)
  })

  it('opens what ox writes', async () => {
    const [key, options] = OxKeystore.pbkdf2({ password: testPassword, iterations: 1000 })
    const keystore = parseKeystore(JSON.stringify(OxKeystore.encrypt(testKey, key, options)))
    assert.equal(await decryptKeystore(keystore, testPassword), testKey)
  })

  it('refuses an invalid key without showing it', async () => {
    const key = `0x${'ff'.repeat(32)}` as const
    const error = await failureOf(() => encryptKeystore(key, 'canary-password'))
    assert.ok(error instanceof LpPayError)
    assert.equal(error.code, 'KEY_INVALID')
    assertHidden(error, [key, 'canary-password'])
  })
})
