import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import { formatPrice } from '../../../src/lib/pricing/price.ts'
import { parseNodePrice, priceOfFlags } from '../../../src/lib/pricing/node-price.ts'
import { vectors } from '../../helpers/vectors.ts'

describe("the price syntax of go-livepeer's flags", () => {
  for (const { in: text, error, amount = '', currency } of vectors.priceSyntax) {
    it(`${error === true ? 'refuses' : 'reads'} ${text}, as in the shared vectors`, () => {
      if (error === true) {
        assert.throws(() => parseNodePrice(text), {
          code: 'NODE_PRICE_INVALID',
          message: `"${text}" is not a price of go-livepeer's flags`,
        })
        return
      }
      const [numerator = '', denominator = '1'] = amount.split('/')
      assert.deepEqual(parseNodePrice(text), {
        amount: rational(BigInt(numerator), BigInt(denominator)),
        currency,
      })
    })
  }

  for (const text of [
    '',
    '1e12wei',
    '1e12',
    '1,5',
    ' 1',
    '1 USD',
    '.5',
    '1.',
    'NaN',
    `0x${'11'.repeat(32)}`,
  ]) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseNodePrice(text), { code: 'NODE_PRICE_INVALID', exitCode: 2 })
    })
  }

  it('is a price together with the pixels per unit', () => {
    assert.equal(formatPrice(priceOfFlags('0.41USD', 10n ** 12n)), '0.41USD/1e12pixels')
    assert.equal(formatPrice(priceOfFlags('1200', 1n)), '1200wei/pixel')
    assert.throws(() => priceOfFlags('0USD', 1n), { message: 'a price is more than zero' })
  })
})
