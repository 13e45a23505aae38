import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import { clopperPearson } from '../../../src/lib/probability/intervals.ts'

describe('clopperPearson', () => {
  it('has the published bounds', () => {
    // Clopper and Pearson (1934), and the rule of three's exact form.
    const { low, high } = clopperPearson(5, 10, 0.95)
    assert.deepEqual([low.toFixed(6), high.toFixed(6)], ['0.187086', '0.812914'])
    assert.deepEqual(clopperPearson(0, 100, 0.95).low, 0)
    assert.equal(clopperPearson(0, 100, 0.95).high.toFixed(9), (1 - 0.025 ** 0.01).toFixed(9))
    assert.equal(clopperPearson(100, 100, 0.95).high, 1)
  })

  it('holds the truth at least as often as it says', () => {
    for (const [n, d] of [
      [1n, 2n],
      [1n, 50n],
      [49n, 50n],
    ] as const) {
      const { pmf } = binomial(60n, rational(n, d))
      let held = 0
      for (let hits = 0; hits <= 60; hits++) {
        const { low, high } = clopperPearson(hits, 60, 0.9)
        if (low <= Number(n) / Number(d) && Number(n) / Number(d) <= high) held += pmf(BigInt(hits))
      }
      assert.ok(held >= 0.9)
    }
  })

  it('refuses what is no sample', () => {
    for (const [hits, trials, confidence] of [
      [1, 0, 0.9],
      [2, 1, 0.9],
      [-1, 1, 0.9],
      [1, 2, 1],
      [Number.NaN, 2, 0.9],
    ] as const) {
      assert.throws(() => clopperPearson(hits, trials, confidence), { code: 'INTERVAL_INVALID' })
    }
  })
})
