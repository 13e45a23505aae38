import assert from 'node:assert/strict'

import fc from 'fast-check'
import { maxUint256 } from 'viem'

import { UsageError } from '../../../src/lib/errors.ts'
import { parseWinProb } from '../../../src/lib/pm/parse-win-prob.ts'

describe('parseWinProb', () => {
  it('reads fractions and decimals of certainty, rounded down', () => {
    assert.equal(parseWinProb('1/1'), maxUint256)
    assert.equal(parseWinProb('1.0'), maxUint256)
    assert.equal(parseWinProb('0.5'), maxUint256 / 2n)
    assert.equal(parseWinProb('1/1000'), maxUint256 / 1000n)
    assert.equal(parseWinProb(' 0.001 '), maxUint256 / 1000n)
    assert.equal(parseWinProb('2/3'), (maxUint256 * 2n) / 3n)
    assert.equal(parseWinProb('0/7'), 0n)
  })

  it('reads winProb itself', () => {
    assert.equal(parseWinProb('0'), 0n)
    assert.equal(parseWinProb('0x1'), 1n)
    assert.equal(parseWinProb('500'), 500n)
    assert.equal(parseWinProb(maxUint256.toString()), maxUint256)
    fc.assert(
      fc.property(fc.bigInt(2n, maxUint256), (winProb) => {
        assert.equal(parseWinProb(winProb.toString()), winProb)
        assert.equal(parseWinProb(`0x${winProb.toString(16)}`), winProb)
      }),
    )
  })

  for (const [text, message] of [
    ['1', '"1" is not a win probability: it may mean certainty or almost never: write 1/1, or 0x1'],
    ['1.1', '"1.1" is not a win probability: it is more than certainty'],
    ['3/2', '"3/2" is not a win probability: it is more than certainty'],
    ['1/0', '"1/0" is not a win probability: nothing can be divided by zero'],
    [
      `0x1${'0'.repeat(63)}0`,
      'this is not a win probability: write 1/1000, 0.001, or winProb in digits or as 0x hex',
    ],
    ...['', '-1', '1e-3', '.5', '1 %', '0x', '1/-2'].map((wrong) => [
      wrong,
      `"${wrong}" is not a win probability: write 1/1000, 0.001, or winProb in digits or as 0x hex`,
    ]),
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseWinProb(text ?? ''),
        (error) =>
          error instanceof UsageError && error.code === 'WIN_PROB_INVALID' && error.message === message,
      )
    })
  }
})
