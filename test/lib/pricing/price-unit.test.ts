import assert from 'node:assert/strict'
import fc from 'fast-check'

import { formatPriceUnit, parsePriceUnit } from '../../../src/lib/pricing/price-unit.ts'

describe('parsePriceUnit', () => {
  for (const [text, quantity, numerator, denominator, shortest] of [
    ['pixel', 'pixel', 1n, 1n, 'pixel'],
    ['1e12pixels', 'pixel', 10n ** 12n, 1n, '1e12pixels'],
    ['1000000 Pixels', 'pixel', 10n ** 6n, 1n, '1e6pixels'],
    ['mpx', 'pixel', 10n ** 6n, 1n, '1e6pixels'],
    ['ms', 'second', 1n, 1000n, 'ms'],
    ['250ms', 'second', 1n, 4n, '250milliseconds'],
    ['90s', 'second', 90n, 1n, '90seconds'],
    ['hour', 'second', 3600n, 1n, 'hour'],
    ['24h', 'second', 86_400n, 1n, 'day'],
    ['1e6tokens', 'token', 10n ** 6n, 1n, '1e6tokens'],
    ['image', 'image', 1n, 1n, 'image'],
    ['char', 'character', 1n, 1n, 'character'],
    ['request', 'request', 1n, 1n, 'request'],
    ['1e30pixels', 'pixel', 10n ** 30n, 1n, '1e30pixels'],
  ] as const) {
    it(`reads "${text}", in short ${shortest}`, () => {
      const unit = parsePriceUnit(text)
      assert.deepEqual(unit, { quantity, count: { numerator, denominator } })
      assert.equal(formatPriceUnit(unit), shortest)
    })
  }

  for (const text of [
    '',
    '0pixels',
    'e6pixels',
    '1e31pixels',
    '100e30pixels',
    '-1s',
    '1.5h',
    'constructor',
  ]) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parsePriceUnit(text), { code: 'PRICE_UNIT_INVALID' })
    })
  }

  it('reads back what formatPriceUnit writes', () => {
    const name = fc.constantFrom('pixel', 'mpx', 'ms', 's', 'min', 'hour', 'day', 'image', 'token', 'request')
    const count = fc.bigInt({ min: 1n, max: 10n ** 24n })
    fc.assert(
      fc.property(count, fc.integer({ min: 0, max: 3 }), name, (whole, power, word) => {
        const unit = parsePriceUnit(`${String(whole / 10n ** 4n + 1n)}e${String(power)}${word}`)
        assert.deepEqual(parsePriceUnit(formatPriceUnit(unit)), unit)
      }),
    )
  })
})
