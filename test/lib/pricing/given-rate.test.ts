import assert from 'node:assert/strict'

import { parseGivenRate } from '../../../src/lib/pricing/given-rate.ts'

describe('parseGivenRate', () => {
  it('reads what one ETH is worth, in USD when nothing else is said', () => {
    assert.deepEqual(parseGivenRate('2500'), {
      currency: 'USD',
      perEth: { numerator: 2500n, denominator: 1n },
      source: { kind: 'given' },
    })
    assert.deepEqual(parseGivenRate(' 2300.5 eur '), {
      currency: 'EUR',
      perEth: { numerator: 4601n, denominator: 2n },
      source: { kind: 'given' },
    })
  })

  for (const text of ['', '0', '0.0', '-1', '1e3', '1,5', 'NaN', 'USD', '5ETH', '5wei', '2500 USD/ETH']) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseGivenRate(text), { code: 'RATE_INVALID' })
    })
  }
})
