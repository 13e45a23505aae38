import assert from 'node:assert/strict'
import fc from 'fast-check'

import { secondsUntilRound } from '../../../src/lib/rounds/read-round.ts'
import { makeRound } from '../sender/make-state.ts'

describe('secondsUntilRound', () => {
  it('counts 12 s for each L1 block that is left', () => {
    assert.equal(secondsUntilRound(makeRound(), 1002n), (5760 - 1440) * 12)
    assert.equal(secondsUntilRound(makeRound(), 1003n), (2 * 5760 - 1440) * 12)
  })

  it('is 0 for a round that has begun', () => {
    for (const begun of [0n, 1n, 1000n, 1001n]) assert.equal(secondsUntilRound(makeRound(), begun), 0)
  })

  it('is 0, not less, when the RoundsManager lags behind its blocks', () => {
    assert.equal(secondsUntilRound(makeRound({ l1Block: 20_005_760n }), 1002n), 0)
    assert.equal(secondsUntilRound(makeRound({ l1Block: 20_005_759n }), 1002n), 12)
    assert.equal(secondsUntilRound(makeRound({ l1Block: 30_000_000n }), 1002n), 0)
  })

  it('is a whole round at its first block', () => {
    assert.equal(secondsUntilRound(makeRound({ l1Block: 20_000_000n }), 1002n), 5760 * 12)
  })

  it('grows by a round with each round, and falls by a block with each block', () => {
    const small = fc.bigInt({ min: 1n, max: 1000n })
    fc.assert(
      fc.property(small, fc.bigInt({ min: 0n, max: 5758n }), (rounds, into) => {
        const at = makeRound({ l1Block: 20_000_000n + into })
        const seconds = secondsUntilRound(at, at.current + rounds)
        assert.equal(secondsUntilRound(at, at.current + rounds + 1n) - seconds, 5760 * 12)
        assert.equal(
          seconds - secondsUntilRound({ ...at, l1Block: at.l1Block + 1n }, at.current + rounds),
          12,
        )
      }),
    )
  })
})
