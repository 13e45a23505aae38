import assert from 'node:assert/strict'
import fc from 'fast-check'

import { availableFunds } from '../../../src/lib/pm/available-funds.ts'
import { maxFloat } from '../../../src/lib/pm/max-float.ts'
import { reserveAlloc } from '../../../src/lib/pm/reserve-alloc.ts'
import { vectors } from '../../helpers/vectors.ts'

const wei = fc.bigInt({ min: 0n, max: 10n ** 24n })

describe('maxFloat', () => {
  for (const vector of vectors.maxFloat) {
    it(`is as in the shared vectors with a deposit of ${vector.deposit} and ${vector.pending} pending`, () => {
      const reserveAllocWei = reserveAlloc({
        fundsRemainingWei: BigInt(vector.reserve),
        claimedInCurrentRoundWei: 0n,
        poolSize: BigInt(vector.poolSize),
        claimedByRecipientWei: BigInt(vector.claimed),
      })
      const float = maxFloat({
        reserveAllocWei,
        depositWei: BigInt(vector.deposit),
        pendingWei: BigInt(vector.pending),
      })
      assert.equal(float, BigInt(vector.maxFloat))
    })
  }

  const covered = (depositWei: bigint, pendingWei: bigint) =>
    maxFloat({ reserveAllocWei: 0n, depositWei, pendingWei }) === 0n

  it('takes a deposit of three times what is pending to cover it', () => {
    assert.equal(covered(3n, 1n), true)
    assert.equal(covered(2n, 1n), false)
    assert.equal(covered(3n * 10n ** 15n - 1n, 10n ** 15n), false)
  })

  it("is as coarse as the node's 53 bits: 3 - 2^-52 is 3, less is not", () => {
    const pending = 2n ** 52n
    assert.equal(covered(3n * pending - 1n, pending), true)
    assert.equal(covered(3n * pending - 2n, pending), false)
    assert.equal(covered((3n * pending - 1n) * 8n - 1n, pending * 8n), false)
  })

  it('agrees with the plain comparison but for the last of 53 bits', () => {
    fc.assert(
      fc.property(wei, wei, (depositWei, pendingWei) => {
        fc.pre(pendingWei > 0n)
        const short = 3n * pendingWei - depositWei
        if (short <= 0n) assert.ok(covered(depositWei, pendingWei))
        else if (short << 52n > pendingWei) assert.ok(!covered(depositWei, pendingWei))
      }),
    )
  })

  it('may be below zero', () => {
    assert.equal(maxFloat({ reserveAllocWei: 5n, depositWei: 0n, pendingWei: 7n }), -2n)
  })

  it('is between the reserve share less what is pending and the reserve share', () => {
    fc.assert(
      fc.property(wei, wei, wei, (reserveAllocWei, depositWei, pendingWei) => {
        const float = maxFloat({ reserveAllocWei, depositWei, pendingWei })
        assert.ok(float === reserveAllocWei || float === reserveAllocWei - pendingWei)
        assert.ok(maxFloat({ reserveAllocWei, depositWei: depositWei * 2n, pendingWei }) >= float)
        assert.equal(maxFloat({ reserveAllocWei, depositWei, pendingWei: 0n }), reserveAllocWei)
      }),
    )
  })
})

describe('availableFunds', () => {
  it('is what there is less what is pending', () => {
    assert.equal(availableFunds({ reserveAllocWei: 5n, depositWei: 3n, pendingWei: 7n }), 1n)
    assert.equal(availableFunds({ reserveAllocWei: 5n, depositWei: 0n, pendingWei: 7n }), -2n)
  })
})
