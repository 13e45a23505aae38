import assert from 'node:assert/strict'

import { UsageError } from '../../../src/lib/errors.ts'
import { parseHorizon, parseRisk, parseSpend, parseStreams } from '../../../src/lib/forecast/values.ts'
import { rational } from '../../../src/lib/pm/rational.ts'

describe('parseStreams', () => {
  it('reads whole and average numbers exactly', () => {
    assert.deepEqual(parseStreams('100'), rational(100n))
    assert.deepEqual(parseStreams('2.5'), rational(5n, 2n))
    assert.deepEqual(parseStreams('999999999999999999'), rational(999_999_999_999_999_999n))
  })

  it('refuses what is no number of streams', () => {
    for (const text of ['0', '0.0', '-1', 'NaN', 'Infinity', '1e3', '', '1,000', '9'.repeat(19)]) {
      assert.throws(() => parseStreams(text), { name: 'UsageError', code: 'STREAMS_INVALID' }, text)
    }
  })
})

describe('parseSpend', () => {
  it('is for an hour unless it says for what', () => {
    assert.deepEqual(parseSpend('0.012eth'), parseSpend('0.012eth/hour'))
    assert.equal(parseSpend('7USD/day').currency, 'USD')
  })

  it('refuses what is for no time, and what has no currency', () => {
    for (const text of [
      '1200wei/pixel',
      '0.012',
      '-1eth',
      '0eth',
      '0',
      'NaN',
      '1eth/fortnight',
      '9'.repeat(60_000),
    ]) {
      assert.throws(
        () => parseSpend(text),
        (error: unknown) => {
          assert.ok(error instanceof UsageError && error.code === 'SPEND_INVALID')
          assert.ok(error.message.startsWith(text.length < 48 ? `"${text}" is not` : 'this is not'))
          return true
        },
      )
    }
  })
})

describe('parseRisk', () => {
  it('reads the three notations', () => {
    assert.deepEqual(['0.1%', '0.001', '1/1000'].map(parseRisk), [0.001, 0.001, 0.001])
    assert.equal(parseRisk('0.0000000001%'), 1e-12)
  })

  it('says why nothing and all are no risks', () => {
    for (const text of ['0', '0%', '100%', '1', '1/1']) {
      assert.throws(() => parseRisk(text), {
        code: 'RISK_INVALID',
        message: 'a risk is above 0 and below 100 %',
      })
    }
    for (const text of ['NaN', '-1%', '101%', '1/0']) {
      assert.throws(() => parseRisk(text), { code: 'FRACTION_INVALID' })
    }
  })
})

describe('parseHorizon', () => {
  it('reads hours, days, weeks and years', () => {
    assert.deepEqual(['24', '24h', '30d', '2w', '1y'].map(parseHorizon), [24n, 24n, 720n, 336n, 8766n])
  })

  it('refuses what is no time', () => {
    for (const text of ['', 'NaN', '-1', '1.5', '1m', '1e3', '9'.repeat(16)]) {
      assert.throws(() => parseHorizon(text), { code: 'HORIZON_INVALID' }, text)
    }
  })
})
