import assert from 'node:assert/strict'

import fc from 'fast-check'

import { efficiencyBasisPoints } from '../../../src/lib/pm/efficiency.ts'

const amount = fc.bigInt(0n, 10n ** 27n)

describe('efficiencyBasisPoints', () => {
  it('is the part of the face value that stays', () => {
    const of = (receivedWei: bigint, gasCostWei: bigint, faceValueWei: bigint) =>
      efficiencyBasisPoints({ receivedWei, gasCostWei, faceValueWei })
    assert.equal(of(1000n, 0n, 1000n), 10_000n)
    assert.equal(of(1000n, 255n, 1000n), 7450n)
    assert.equal(of(500n, 0n, 1000n), 5000n)
    assert.equal(of(1n, 2n, 3n), -3334n)
    assert.equal(of(0n, 0n, 0n), undefined)
  })

  it('is never rounded up', () => {
    fc.assert(
      fc.property(amount, amount, fc.bigInt(1n, 10n ** 27n), (receivedWei, gasCostWei, faceValueWei) => {
        const points = efficiencyBasisPoints({ receivedWei, gasCostWei, faceValueWei }) ?? 0n
        const exact = (receivedWei - gasCostWei) * 10_000n
        assert.ok(points * faceValueWei <= exact && exact < (points + 1n) * faceValueWei)
      }),
    )
  })
})
