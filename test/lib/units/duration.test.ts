import assert from 'node:assert/strict'
import fc from 'fast-check'

import { UsageError } from '../../../src/lib/errors.ts'
import { formatDuration, parseDuration } from '../../../src/lib/units/duration.ts'

describe('parseDuration', () => {
  const durations: readonly (readonly [text: string, seconds: number])[] = [
    ['90', 90],
    ['90s', 90],
    ['5m', 300],
    ['2h', 7200],
    ['1d', 86_400],
    [' 1s\n', 1],
    ['007', 7],
    ['366d', 366 * 86_400],
    ['31622400', 366 * 86_400],
  ]
  for (const [text, seconds] of durations) {
    it(`reads ${JSON.stringify(text)} as ${String(seconds)} s`, () => {
      assert.equal(parseDuration(text), seconds)
    })
  }

  for (const text of [
    '',
    ' ',
    '0',
    '0s',
    '-5m',
    '1.5h',
    '1h30m',
    '5 m',
    '5M',
    '1w',
    '1e3',
    '0x10',
    'm',
    '367d',
    '31622401',
    '9999999999',
    '99999999999999999999d',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseDuration(text),
        new UsageError('DURATION_INVALID', `"${text}" is not a duration`, {
          nextSteps: ['write durations like 90s, 5m, 2h or 1d'],
        }),
      )
    })
  }

  it('does not repeat what may be a private key', () => {
    assert.throws(() => parseDuration('1f'.repeat(32)), { message: 'this is not a duration' })
  })

  it('reads every duration up to a year in every unit', () => {
    const units = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(units)),
        fc.integer({ min: 1, max: 366 }),
        ([unit, seconds], n) => {
          assert.equal(parseDuration(`${String(n)}${unit}`), n * seconds)
        },
      ),
    )
  })
})

describe('formatDuration', () => {
  const texts: readonly (readonly [seconds: number, text: string])[] = [
    [-5, '0 s'],
    [0, '0 s'],
    [0.4, '0 s'],
    [45, '45 s'],
    [59, '59 s'],
    [59.6, '1 min'],
    [60, '1 min'],
    [89, '1 min'],
    [90, '2 min'],
    [3569, '59 min'],
    [3570, '1 h'],
    [3600, '1 h'],
    [12_000, '3 h 20 min'],
    [47 * 3600 + 59 * 60, '47 h 59 min'],
    [48 * 3600 - 1, '2 d'],
    [48 * 3600, '2 d'],
    [52 * 3600, '2 d 4 h'],
    [71.5 * 3600, '3 d'],
    [138_240, '38 h 24 min'],
  ]
  for (const [seconds, text] of texts) {
    it(`writes ${String(seconds)} s as ${text}`, () => assert.equal(formatDuration(seconds), text))
  }

  it('is off by half of its smallest unit at most', () => {
    const perUnit: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 * 86_400 }), (seconds) => {
        const parts = [...formatDuration(seconds).matchAll(/(\d+) (s|min|h|d)\b/g)]
        const shown = parts.reduce((sum, [, n, unit = '']) => sum + Number(n) * (perUnit[unit] ?? NaN), 0)
        const smallest = seconds < 60 ? 1 : seconds < 48 * 3600 ? 60 : 3600
        assert.ok(
          Math.abs(shown - seconds) <= smallest / 2,
          `${String(seconds)} s shown as ${String(shown)} s`,
        )
      }),
      { numRuns: 2000 },
    )
  })
})
