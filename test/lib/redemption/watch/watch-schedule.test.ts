import assert from 'node:assert/strict'

import fc from 'fast-check'

import { untilNextLook } from '../../../../src/lib/redemption/watch/watch-schedule.ts'
import type { Round } from '../../../../src/lib/rounds/read-round.ts'

const minute = 60_000

function roundWith(blocksLeft: bigint, length = 6377n): Round {
  const startBlock = 1000n
  return {
    current: 7n,
    initialized: true,
    lastInitialized: 7n,
    startBlock,
    length,
    l1Block: startBlock + length - blocksLeft,
  }
}

describe('when the daemon looks again', () => {
  it('is after the usual time in the middle of a round', () => {
    assert.equal(untilNextLook(roundWith(3000n), minute), minute)
    assert.equal(untilNextLook(roundWith(3000n), 60 * minute), 60 * minute)
  })

  it('is ten minutes before the round ends, however seldom it looks', () => {
    assert.equal(untilNextLook(roundWith(100n), 60 * minute), 10 * minute)
  })

  it('is every minute after that', () => {
    assert.equal(untilNextLook(roundWith(50n), 60 * minute), minute)
    assert.equal(untilNextLook(roundWith(0n), 60 * minute), minute)
    assert.equal(untilNextLook(roundWith(0n), 1000), 1000)
  })

  it('always leaves a look before the round ends', () => {
    const any = fc.record({
      blocks: fc.bigInt({ min: 1n, max: 6377n }),
      every: fc.integer({ min: 1, max: 10 ** 9 }),
    })
    fc.assert(
      fc.property(any, ({ blocks, every }) => {
        const wait = untilNextLook(roundWith(blocks), every)
        assert.ok(wait > 0 && wait <= every)
        if (blocks > 5n) assert.ok(wait < Number(blocks) * 12_000)
      }),
    )
  })
})
