import assert from 'node:assert/strict'

import { hideKeys } from '../../../src/lib/text/hide-keys.ts'

describe('hideKeys', () => {
  const digits = '0123456789abcdefABCDEF0123456789'.repeat(2)

  it('takes the place of words of 64 hex digits, with and without 0x', () => {
    assert.equal(
      hideKeys(`expected 0x${digits} or ${digits}.`),
      'expected (64 hex digits) or (64 hex digits).',
    )
  })

  it('leaves what is longer or shorter', () => {
    for (const text of [`0x${digits}0`, digits.slice(1), '0x70997970C51812dc3A010C7d01b50e0d17dc79C8']) {
      assert.equal(hideKeys(text), text)
    }
  })
})
