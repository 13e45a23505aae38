import assert from 'node:assert/strict'
import fc from 'fast-check'

import {
  advertisedPrice,
  autoAdjustPrice,
  effectiveTxCostMultiplier,
} from '../../../src/lib/pm/auto-adjust-price.ts'
import { compareRational, rational, subtractRational } from '../../../src/lib/pm/rational.ts'
import { faceValue } from '../../../src/lib/pm/ticket-parameters.ts'
import { vectors } from '../../helpers/vectors.ts'
import { parseRational } from './parse-rational.ts'

const amounts = fc.bigInt({ min: 1n, max: 10n ** 24n })
const fractions = fc
  .tuple(amounts, amounts)
  .map(([numerator, denominator]) => rational(numerator, denominator))

describe('autoAdjustPrice', () => {
  for (const { price, multiplier, advertised } of vectors.autoAdjustPrice) {
    it(`makes ${advertised} of ${price} at a multiplier of ${multiplier}`, () => {
      const adjusted = autoAdjustPrice(parseRational(price), parseRational(multiplier))
      assert.deepEqual(adjusted, parseRational(advertised))
      assert.deepEqual(advertisedPrice(adjusted), parseRational(advertised))
    })
  }

  it('leaves a price of zero or less, and one without a cost of redemption', () => {
    assert.deepEqual(autoAdjustPrice(rational(0n), rational(100n)), rational(0n))
    assert.deepEqual(autoAdjustPrice(rational(-1n), rational(100n)), rational(-1n))
    assert.deepEqual(autoAdjustPrice(rational(7n, 3n), rational(0n)), rational(7n, 3n))
  })

  it('adds the part of the face value that redeeming costs', () => {
    fc.assert(
      fc.property(fractions, amounts, amounts, (price, faceValueWei, txCostWei) => {
        const multiplier = effectiveTxCostMultiplier({ faceValueWei, txCostWei })
        assert.deepEqual(
          autoAdjustPrice(price, multiplier),
          rational(price.numerator * (faceValueWei + txCostWei), price.denominator * faceValueWei),
        )
      }),
    )
  })
})

describe('advertisedPrice', () => {
  it('has 3 decimals, rounded down', () => {
    assert.deepEqual(advertisedPrice(rational(2n, 3n)), rational(666n, 1000n))
    assert.deepEqual(advertisedPrice(rational(9n, 10_000n)), rational(0n))
    fc.assert(
      fc.property(fractions, (price) => {
        const told = advertisedPrice(price)
        assert.equal(1000n % told.denominator, 0n)
        const lost = subtractRational(price, told)
        assert.ok(compareRational(lost, rational(0n)) >= 0 && compareRational(lost, rational(1n, 1000n)) < 0)
      }),
    )
  })
})

describe('effectiveTxCostMultiplier', () => {
  const offer = (maxFloatWei: bigint, gasPriceWei = 10n ** 7n) =>
    effectiveTxCostMultiplier(faceValue({ ticketEvWei: 8_000_000_000n, gasPriceWei, maxFloatWei }))

  it('is 100 where nothing binds the face value', () => assert.deepEqual(offer(10n ** 20n), rational(100n)))

  it('is less with a small reserve', () => assert.deepEqual(offer(12_000_000_000_000n), rational(1n)))

  it('is 0 where gas costs nothing', () => assert.deepEqual(offer(10n ** 20n, 0n), rational(0n)))
})
