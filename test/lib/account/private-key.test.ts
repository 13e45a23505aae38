import assert from 'node:assert/strict'

import {
  addressOf,
  parsePrivateKey,
  randomPrivateKey,
  refuseKey,
} from '../../../src/lib/account/private-key.ts'
import { exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { testAddress, testKey } from './keystore-builder.ts'
import { assertHidden, failureOf } from './secrets.ts'

const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'

describe('parsePrivateKey', () => {
  it('reads hex with and without 0x, in any case, with white space around', () => {
    for (const text of [testKey, testKey.slice(2), testKey.slice(2).toUpperCase(), ` ${testKey}\r\n`]) {
      assert.equal(parsePrivateKey(text), testKey)
    }
  })

  it('takes the largest and the smallest key', async () => {
    assert.equal(parsePrivateKey(`${order.slice(0, -1)}0`), `0x${order.slice(0, -1)}0`)
    const one = parsePrivateKey('1'.padStart(64, '0'))
    assert.equal(await addressOf(one), '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf')
  })

  const outside = { zero: '0'.repeat(64), 'the order of the curve': order, 'all ones': 'f'.repeat(64) }
  for (const [name, text] of Object.entries(outside)) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parsePrivateKey(text), {
        code: 'KEY_INVALID',
        message: 'this is not a private key: it is not within the order of the curve',
      })
    })
  }

  const malformed = [testKey.slice(0, -1), `${testKey}0`, testKey.slice(0, -1) + 'g', `0x${testKey}`, '']
  it('refuses what is not 32 bytes of hex, and does not show it', async () => {
    for (const text of malformed) {
      const error = await failureOf(() => parsePrivateKey(text))
      assert.ok(error instanceof LpPayError)
      assert.equal(error.exitCode, exitCodes.usage)
      assert.equal(error.message, 'this is not a private key: it must be 64 hex digits, with or without 0x')
      assertHidden(error, [testKey.slice(0, -1), testKey.slice(2, 40)])
    }
  })
})

describe('randomPrivateKey', () => {
  it('is a key, and another one each time', () => {
    const keys = Array.from({ length: 100 }, randomPrivateKey)
    for (const key of keys) assert.equal(parsePrivateKey(key), key)
    assert.equal(new Set(keys).size, 100)
  })
})

describe('addressOf', () => {
  it('derives the checksummed address', async () => {
    assert.equal(await addressOf(testKey), testAddress)
  })

  it('is not repeated where it was given for the name of its file', () => {
    const key = `0x${'5e'.repeat(32)}`
    assert.throws(
      () => refuseKey(key),
      (error: Error) => !error.message.includes('5e5e') && error.message.startsWith('that is a private key'),
    )
    assert.equal(refuseKey('key.txt'), 'key.txt')
  })
})
