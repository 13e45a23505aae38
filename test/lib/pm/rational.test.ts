import assert from 'node:assert/strict'
import fc from 'fast-check'

import {
  addRational,
  ceilRational,
  compareRational,
  divideRational,
  floorRational,
  formatRational,
  formatShort,
  multiplyRational,
  rational,
  subtractRational,
} from '../../../src/lib/pm/rational.ts'
import { parseRational } from './parse-rational.ts'

const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
const fractions = fc
  .tuple(
    integers,
    integers.filter((integer) => integer !== 0n),
  )
  .map(([numerator, denominator]) => rational(numerator, denominator))
const zero = rational(0n)

describe('rational', () => {
  it('is in lowest terms, with the sign above', () => {
    assert.deepEqual(rational(6n, -4n), { numerator: -3n, denominator: 2n })
    assert.deepEqual(rational(-6n, -4n), { numerator: 3n, denominator: 2n })
    assert.deepEqual(rational(0n, -7n), { numerator: 0n, denominator: 1n })
    assert.deepEqual(rational(5n), { numerator: 5n, denominator: 1n })
  })

  it('refuses a denominator of zero', () => {
    const refused = {
      name: 'UsageError',
      code: 'DENOMINATOR_ZERO',
      message: 'a fraction has no value when its denominator is zero',
    }
    assert.throws(() => rational(1n, 0n), refused)
    assert.throws(() => divideRational(rational(1n), zero), refused)
  })

  it('is a field with an order', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        assert.deepEqual(addRational(a, b), addRational(b, a))
        assert.deepEqual(subtractRational(addRational(a, b), b), a)
        assert.deepEqual(
          multiplyRational(a, addRational(b, c)),
          addRational(multiplyRational(a, b), multiplyRational(a, c)),
        )
        if (b.numerator !== 0n) assert.deepEqual(divideRational(multiplyRational(a, b), b), a)
        assert.equal(compareRational(a, b), 0 - compareRational(b, a))
        assert.equal(compareRational(addRational(a, c), addRational(b, c)), compareRational(a, b))
      }),
    )
  })

  it('lies between its floor and its ceiling, which are one apart unless it is whole', () => {
    fc.assert(
      fc.property(fractions, (value) => {
        const [floor, ceiling] = [floorRational(value), ceilRational(value)]
        assert.ok(compareRational(rational(floor), value) <= 0)
        assert.ok(compareRational(value, rational(ceiling)) <= 0)
        assert.equal(ceiling - floor, value.denominator === 1n ? 0n : 1n)
      }),
    )
    assert.equal(floorRational(rational(-1n, 2n)), -1n)
    assert.equal(ceilRational(rational(-1n, 2n)), 0n)
  })
})

describe('formatRational', () => {
  for (const [value, decimals, text] of [
    ['1/2', 0, '1'],
    ['-1/2', 0, '-1'],
    ['1/3', 5, '0.33333'],
    ['2/3', 5, '0.66667'],
    ['-1/8', 2, '-0.13'],
    ['1/8', 2, '0.13'],
    ['8000000000', 5, '8000000000.00000'],
    ['0', 2, '0.00'],
    ['999/1000', 2, '1.00'],
  ] as const) {
    it(`writes ${value} with ${decimals} decimals as ${text}`, () =>
      assert.equal(formatRational(parseRational(value), decimals), text))
  }
})

describe('formatShort', () => {
  for (const [value, decimals, text] of [
    ['1/2', 6, '0.5'],
    ['100', 6, '100'],
    ['100', 0, '100'],
    ['1001/10', 2, '100.1'],
    ['1/3', 3, '0.333'],
    ['0', 2, '0'],
  ] as const) {
    it(`writes ${value} with ${decimals} decimals at most as ${text}`, () =>
      assert.equal(formatShort(parseRational(value), decimals), text))
  }
})
