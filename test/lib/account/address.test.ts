import assert from 'node:assert/strict'
import fc from 'fast-check'

import { parseAddress } from '../../../src/lib/account/address.ts'
import { UsageError } from '../../../src/lib/errors.ts'
import { assertHidden, failureOf } from './secrets.ts'

/** From EIP-55: all caps, all lower, and mixed. */
const checksummed = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
] as const

describe('parseAddress', () => {
  for (const address of checksummed) {
    it(`reads ${address} with its checksum, in lower and in upper case`, () => {
      assert.equal(parseAddress(address), address)
      assert.equal(parseAddress(address.toLowerCase()), address)
      assert.equal(parseAddress(`0x${address.slice(2).toUpperCase()}`), address)
      assert.equal(parseAddress(` ${address}\n`), address)
    })
  }

  it('refuses every change of case in a mixed address', () => {
    const address = checksummed[4]
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 41 }), (at) => {
        const letter = address.charAt(at)
        fc.pre(/[a-f]/i.test(letter))
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
        const changed = address.slice(0, at) + other + address.slice(at + 1)
        assert.throws(() => parseAddress(changed), {
          code: 'ADDRESS_CHECKSUM',
          message: `${changed} is an address with a wrong checksum`,
        })
      }),
    )
  })

  for (const text of [
    '',
    '0x',
    '52908400098527886E0F7030069857D2E4169EE7',
    '0X52908400098527886E0F7030069857D2E4169EE7',
    '0x5290',
    '0x52908400098527886E0F7030069857D2E4169EEG',
    'vitalik.eth',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseAddress(text),
        new UsageError('ADDRESS_INVALID', `"${text}" is not an address: write 0x and 40 hex digits`),
      )
    })
  }

  it('refuses the zero address', () => {
    const zero = `0x${'0'.repeat(40)}`
    assert.throws(() => parseAddress(zero), {
      code: 'ADDRESS_INVALID',
      message: `"${zero}" is not an address: nobody owns the zero address`,
    })
  })

  it('does not repeat a private key that was given as an address', async () => {
    const key = `0x${'1f'.repeat(32)}`
    for (const text of [key, key.slice(2), `${key}00`]) {
      assertHidden(await failureOf(() => parseAddress(text)), [key])
    }
  })
})
