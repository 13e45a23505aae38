import assert from 'node:assert/strict'
import fc from 'fast-check'

import { compareRational, rational } from '../../../src/lib/pm/rational.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import { parsePrice } from '../../../src/lib/pricing/price.ts'
import { parsePriceUnit } from '../../../src/lib/pricing/price-unit.ts'
import { parseShape } from '../../../src/lib/pricing/shape.ts'
import { convertPrice, priceFor, weiPrice } from '../../../src/lib/pricing/wei-price.ts'

const rate = parseGivenRate('2500')
const shape = parseShape('720p30')

describe('weiPrice', () => {
  it('says prices seen on the network in wei', () => {
    assert.deepEqual(weiPrice(parsePrice('0.41USD/1e12pixels'), rate).wei, rational(164n))
    assert.deepEqual(weiPrice(parsePrice('3.50USD/hour'), rate).wei, rational(35n * 10n ** 11n, 9n))
  })

  it('needs the rate of the currency', () => {
    const price = parsePrice('1EUR/hour')
    for (const given of [undefined, rate]) {
      assert.throws(() => weiPrice(price, given), {
        code: 'RATE_MISSING',
        nextSteps: [
          '--rate 2500EUR says how many of it one ETH is worth',
          "--rpc-url URL asks Chainlink's feed",
        ],
      })
    }
  })
})

describe('priceFor', () => {
  it('makes seconds of a stream of pixels', () => {
    const { wei } = priceFor(weiPrice(parsePrice('1200wei/pixel')), 'second', shape)
    assert.deepEqual(wei, rational(1200n * 27_648_000n))
  })

  it('refuses what has no pixels, in the direction that was asked', () => {
    const price = weiPrice(parsePrice('1wei/pixel'))
    assert.throws(() => priceFor(price, 'token', shape), {
      code: 'QUANTITY_DIFFERENT',
      message: 'a price for a pixel cannot become one for a token',
      details: { from: 'pixel', to: 'token' },
    })
  })

  it('asks for the shape that it needs', () => {
    const price = weiPrice(parsePrice('1wei/pixel'))
    for (const given of [undefined, parseShape('1024x1024')]) {
      assert.throws(() => priceFor(price, 'second', given), {
        code: 'SHAPE_MISSING',
        nextSteps: ['--as 720p30 says which stream'],
      })
    }
  })
})

describe('convertPrice', () => {
  const amounts = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 18n }))
  const currency = fc.constantFrom('WEI', 'GWEI', 'ETH', 'USD')
  const unit = fc
    .constantFrom('pixel', 'mpx', '1e12pixels', 'ms', 'second', 'hour', 'day', 'image')
    .map((name) => parsePriceUnit(name))

  it('comes back exactly', () => {
    fc.assert(
      fc.property(amounts, currency, unit, currency, unit, ([n, d], from, fromUnit, to, toUnit) => {
        const price = { amount: rational(n, d), currency: from, unit: fromUnit }
        const other = convertPrice(weiPrice(price, rate), { currency: to, unit: toUnit }, { rate, shape })
        assert.deepEqual(convertPrice(weiPrice(other, rate), price, { rate, shape }), price)
      }),
    )
  })

  it('never makes a larger price the smaller one', () => {
    fc.assert(
      fc.property(amounts, amounts, currency, unit, currency, unit, (a, b, from, fromUnit, to, toUnit) => {
        const [first, second] = [rational(...a), rational(...b)]
        const convert = (amount: typeof first) =>
          convertPrice(
            weiPrice({ amount, currency: from, unit: fromUnit }, rate),
            { currency: to, unit: toUnit },
            { rate, shape },
          ).amount
        assert.equal(compareRational(convert(first), convert(second)), compareRational(first, second))
      }),
    )
  })
})
