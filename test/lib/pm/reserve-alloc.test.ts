import assert from 'node:assert/strict'
import fc from 'fast-check'

import { reserveAlloc } from '../../../src/lib/pm/reserve-alloc.ts'

const share = { fundsRemainingWei: 1000n, claimedInCurrentRoundWei: 0n, poolSize: 3n }

describe('reserveAlloc', () => {
  it('is an equal part, rounded down', () => assert.equal(reserveAlloc(share), 333n))

  it('counts what others have claimed in this round', () => {
    assert.equal(reserveAlloc({ ...share, fundsRemainingWei: 700n, claimedInCurrentRoundWei: 300n }), 333n)
  })

  it('is less by what this orchestrator has claimed', () => {
    const claimed = { ...share, fundsRemainingWei: 700n, claimedInCurrentRoundWei: 300n }
    assert.equal(reserveAlloc({ ...claimed, claimedByRecipientWei: 300n }), 33n)
    assert.equal(reserveAlloc({ ...claimed, claimedByRecipientWei: 333n }), 0n)
  })

  it('is nothing where no orchestrator is active', () => {
    assert.equal(reserveAlloc({ ...share, poolSize: 0n, claimedByRecipientWei: 5n }), 0n)
  })

  it('is below zero when the pool has grown since this orchestrator claimed', () => {
    assert.equal(reserveAlloc({ ...share, poolSize: 10n, claimedByRecipientWei: 333n }), -233n)
  })

  it('gives all orchestrators together no more than there is, and leaves less than one wei for each', () => {
    const wei = fc.bigInt({ min: 0n, max: 10n ** 24n })
    fc.assert(
      fc.property(wei, wei, fc.bigInt({ min: 1n, max: 1000n }), (funds, claimed, poolSize) => {
        const part = reserveAlloc({ fundsRemainingWei: funds, claimedInCurrentRoundWei: claimed, poolSize })
        const left = funds + claimed - part * poolSize
        assert.ok(left >= 0n && left < poolSize)
      }),
    )
  })

  it('does not fall when the reserve grows or the pool shrinks', () => {
    const wei = fc.bigInt({ min: 0n, max: 10n ** 24n })
    const size = fc.bigInt({ min: 1n, max: 1000n })
    fc.assert(
      fc.property(wei, wei, size, size, (funds, more, poolSize, smaller) => {
        const before = reserveAlloc({ ...share, fundsRemainingWei: funds, poolSize: poolSize + smaller })
        assert.ok(
          reserveAlloc({ ...share, fundsRemainingWei: funds + more, poolSize: poolSize + smaller }) >= before,
        )
        assert.ok(reserveAlloc({ ...share, fundsRemainingWei: funds, poolSize }) >= before)
      }),
    )
  })
})
