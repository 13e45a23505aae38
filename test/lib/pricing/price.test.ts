import assert from 'node:assert/strict'

import { formatPrice, parsePrice } from '../../../src/lib/pricing/price.ts'

describe('parsePrice', () => {
  for (const [text, written] of [
    ['3.50USD/hour', '3.5USD/hour'],
    ['1200 WEI / pixel', '1200wei/pixel'],
    ['0.41 usd / 1e12pixels', '0.41USD/1e12pixels'],
    ['0.000119ETH/h', '0.000119ETH/hour'],
    ['5gwei/day', '5gwei/day'],
  ] as const) {
    it(`reads "${text}" as ${written}`, () => {
      assert.equal(formatPrice(parsePrice(text)), written)
      assert.deepEqual(parsePrice(written), parsePrice(text))
    })
  }

  for (const [text, why] of [
    ['', 'it is empty'],
    ['0', 'say in which currency, as in 1200wei/pixel'],
    ['0wei/pixel', 'it must be more than zero'],
    ['-1USD', 'it must be more than zero'],
    ['-1USD/hour', 'it must be more than zero'],
    ['1,5', 'write decimals with a point'],
    ['NaN', 'write an amount, a currency and what it is for'],
    ['1e12wei', 'exponents are not taken in an amount'],
    ['1e12wei/pixel', 'exponents are not taken in an amount'],
    ['100wei', 'say what it is for, as in 1200wei/pixel'],
    ['100/pixel', 'say in which currency, as in 1200wei/pixel'],
  ] as const) {
    it(`refuses "${text}": ${why}`, () => {
      assert.throws(() => parsePrice(text), {
        code: 'PRICE_INVALID',
        message: `"${text}" is not a price: ${why}`,
      })
    })
  }
})
