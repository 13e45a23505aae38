import assert from 'node:assert/strict'

import { recoverSender } from '../../../src/lib/pm/recover-sender.ts'
import { signatureFault } from '../../../src/lib/pm/signature.ts'
import { vectors } from '../../helpers/vectors.ts'

const [good, high] = vectors.signature
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const word = (value: bigint) => value.toString(16).padStart(64, '0')

describe('recoverSender', () => {
  assert.ok(good !== undefined && high !== undefined)
  const { message, sig } = good
  const r = sig.slice(2, 66)
  const s = sig.slice(66, 130)

  it('is the signer of the shared vectors', () => assert.equal(recoverSender(message, sig), good.signer))

  it('refuses the high s of the shared vectors', () => {
    assert.equal(high.error, 'signature s value too high')
    assert.equal(signatureFault(high.sig), 'highS')
    assert.equal(recoverSender(high.message, high.sig), undefined)
  })

  it('takes s up to half of the order', () => {
    const half = order / 2n
    assert.equal(signatureFault(`0x${r}${word(half)}1b`), undefined)
    assert.equal(signatureFault(`0x${r}${word(half + 1n)}1b`), 'highS')
  })

  it('refuses the same signature with s turned round', () => {
    const turned = `0x${r}${word(order - BigInt(`0x${s}`))}1b` as const
    assert.equal(signatureFault(turned), 'highS')
    assert.equal(recoverSender(message, turned), undefined)
  })

  it('takes v 27 and 28 only', () => {
    for (const v of ['00', '01', '1a', '1d', '25', 'ff']) {
      assert.equal(signatureFault(`0x${r}${s}${v}`), 'v')
      assert.equal(recoverSender(message, `0x${r}${s}${v}`), undefined)
    }
    assert.equal(signatureFault(`0x${r}${s}1B`), undefined)
    assert.notEqual(recoverSender(message, `0x${r}${s}1b`), good.signer)
  })

  it('takes 65 bytes only', () => {
    for (const other of ['0x', `0x${r}${s}`, `${sig}00`, `0x${r}${s}zz`] as const) {
      assert.equal(signatureFault(other), 'length')
      assert.equal(recoverSender(message, other), undefined)
    }
  })

  it('gives nobody for what no key can have made', () => {
    const p = 2n ** 256n - 2n ** 32n - 977n
    for (const [badR, badS] of [
      [0n, 1n],
      [1n, 0n],
      [order, 1n],
      [p, 1n],
      [2n ** 256n - 1n, 1n],
      // 5 is the x of no point.
      [5n, 1n],
    ] as const) {
      assert.equal(recoverSender(message, `0x${word(badR)}${word(badS)}1b`), undefined)
    }
  })

  it('gives another address for another hash', () => {
    assert.notEqual(recoverSender(`0x${'11'.repeat(32)}`, sig), good.signer)
  })
})
