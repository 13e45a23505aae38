import assert from 'node:assert/strict'

import fc from 'fast-check'

import { compareRational, rational } from '../../../src/lib/pm/rational.ts'
import { sayPrice } from '../../../src/lib/pricefile/say-price.ts'
import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'
import { parsePrice, parsePriceKind } from '../../../src/lib/pricing/price.ts'
import { parsePriceUnit } from '../../../src/lib/pricing/price-unit.ts'
import { parseShape } from '../../../src/lib/pricing/shape.ts'
import { convertPrice, weiPrice } from '../../../src/lib/pricing/wei-price.ts'

const rate = parseGivenRate('2500')
const say = (price: string, to: string, shape?: string) =>
  sayPrice(parsePrice(price), { to: parsePriceKind(to), shape: shape ? parseShape(shape) : undefined, rate })

describe('sayPrice', () => {
  for (const [price, to, shape, numerator, denominator] of [
    ['3.50USD/hour', 'wei/pixel', '720p30', 14n * 10n ** 14n, 3600n * 27_648_000n],
    ['0.41USD/1e12pixels', 'wei/pixel', undefined, 164n, 1n],
    ['164wei/pixel', 'USD/1e12pixels', undefined, 41n, 100n],
    ['1200wei/pixel', 'ETH/hour', '720p30', 119_439_360_000_000n, 10n ** 18n],
    ['4768371wei/pixel', 'gwei/image', '1024x1024', 4_768_371n * 1_048_576n, 10n ** 9n],
    ['12882811wei/ms', 'wei/second', undefined, 12_882_811_000n, 1n],
    ['1ETH/request', 'USD/request', undefined, 2500n, 1n],
    ['2USD/1e6tokens', 'wei/token', undefined, 800_000_000n, 1n],
  ] as const) {
    const exact = rational(numerator, denominator)
    it(`says ${price} in ${to}${shape ? ` as ${shape}` : ''}`, () => {
      const { conversions } = say(price, to, shape)
      assert.deepEqual(
        conversions.map(({ amount }) => amount),
        [exact],
      )
    })
  }

  it('says it in flags with every digit, an hour of a stream as its pixels', () => {
    assert.deepEqual(say('3.50USD/hour', 'wei/pixel', '720p30').node, {
      orchestrator: '-pricePerUnit 3.5USD -pixelsPerUnit 99532800000',
      gateway: '-maxPricePerUnit 3.5USD -pixelsPerUnit 99532800000',
      json: '"price_per_unit":3.5,"pixels_per_unit":99532800000,"currency":"USD"',
    })
    assert.deepEqual(
      say('5gwei/1e6pixels', 'wei/pixel').node?.orchestrator,
      '-pricePerUnit 5000000000wei -pixelsPerUnit 1000000',
    )
    assert.deepEqual(say('12882811wei/ms', 'wei/second').node, {
      orchestrator: null,
      gateway: null,
      json: '"price_per_unit":12882811,"pixels_per_unit":1,"currency":"wei"',
    })
    assert.equal(say('1ETH/request', 'ETH/request').node, null)
  })

  it('warns of what is advertised as nothing, and refuses what does not fit on the wire', () => {
    assert.deepEqual(say('1wei/1e6pixels', 'wei/pixel').warnings, [
      'less than a thousandth of a wei/pixel is advertised as nothing',
    ])
    assert.throws(() => say('10ETH/pixel', 'wei/pixel'), {
      code: 'PRICE_OVERFLOW',
      message: '10000000000000000000 wei/pixel does not fit into the 64 bits of a price on the wire',
    })
  })

  it('refuses what is made of something else, or has no shape', () => {
    assert.throws(() => say('1wei/token', 'wei/pixel'), { code: 'QUANTITY_DIFFERENT' })
    assert.throws(() => say('1wei/pixel', 'wei/hour'), { code: 'SHAPE_MISSING' })
    assert.throws(() => say('1wei/pixel', 'wei/hour', '1024x1024'), { code: 'SHAPE_MISSING' })
    assert.throws(() => say('1EUR/pixel', 'wei/pixel'), { code: 'RATE_MISSING' })
  })

  const currency = fc.constantFrom('WEI', 'GWEI', 'ETH', 'USD')
  const picture = fc.constantFrom(
    'pixel',
    '1e6pixels',
    '1e12pixels',
    'ms',
    'second',
    'minute',
    'hour',
    'image',
  )
  const amount = fc
    .tuple(fc.bigInt(1n, 10n ** 30n), fc.bigInt(0n, 20n))
    .map(([n, d]) => rational(n, 10n ** d))
  const shape = parseShape('1280x720@29.97')
  const price = fc.record({ amount, currency, unit: picture.map(parsePriceUnit) })
  const to = fc.record({ currency, unit: picture.map(parsePriceUnit) })

  it('is exact: there and back is the same price', () => {
    fc.assert(
      fc.property(price, to, (one, kind) => {
        const there = convertPrice(weiPrice(one, rate), kind, { rate, shape })
        assert.deepEqual(convertPrice(weiPrice(there, rate), one, { rate, shape }), { ...one })
      }),
    )
  })

  it('keeps the order of prices', () => {
    fc.assert(
      fc.property(price, amount, to, (one, other, kind) => {
        const converted = [one.amount, other].map(
          (each) => convertPrice(weiPrice({ ...one, amount: each }, rate), kind, { rate, shape }).amount,
        )
        const [a, b] = converted
        assert.ok(a && b)
        assert.equal(compareRational(a, b), compareRational(one.amount, other))
      }),
    )
  })
})
