import assert from 'node:assert/strict'

import fc from 'fast-check'

import { UsageError } from '../../../src/lib/errors.ts'
import { parseFraction } from '../../../src/lib/units/fraction.ts'

describe('a part of a whole', () => {
  const readings = [
    ['50%', 50n, 100n],
    ['0.5', 5n, 10n],
    ['1/2', 1n, 2n],
    ['12.5 %', 125n, 1000n],
    ['100%', 100n, 100n],
    ['1', 1n, 1n],
    ['0.000000000000000000000000000001', 1n, 10n ** 30n],
    ['2 / 3', 2n, 3n],
  ] as const
  for (const [text, numerator, denominator] of readings) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseFraction(text), { numerator, denominator })
    })
  }

  for (const text of [
    '',
    '0',
    '0%',
    '1.01',
    '101%',
    '3/2',
    '1/0',
    '0/0',
    '-1/2',
    '1e-1',
    'half',
    '.5',
    '50%%',
  ]) {
    it(`refuses "${text}"`, () => {
      assert.throws(
        () => parseFraction(text),
        (error) => {
          assert.ok(error instanceof UsageError)
          assert.equal(error.code, 'FRACTION_INVALID')
          assert.equal(error.message, `"${text}" is not a part of a whole`)
          return true
        },
      )
    })
  }

  it('does not repeat what is too long to be one', () => {
    assert.throws(() => parseFraction('7'.repeat(64)), { message: 'this is not a part of a whole' })
  })

  it('reads the same part from all three notations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (basisPoints) => {
        const parts = [
          `${String(basisPoints)}/10000`,
          `0.${String(basisPoints).padStart(4, '0')}`.replace('0.10000', '1'),
          `${String(Math.floor(basisPoints / 100))}.${String(basisPoints % 100).padStart(2, '0')}%`,
        ].map((text) => parseFraction(text))
        for (const { numerator, denominator } of parts) {
          assert.equal(numerator * 10_000n, BigInt(basisPoints) * denominator)
        }
      }),
    )
  })
})
