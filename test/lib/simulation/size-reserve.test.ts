import assert from 'node:assert/strict'
import fc from 'fast-check'

import { maxFloat } from '../../../src/lib/pm/max-float.ts'
import { reserveAlloc } from '../../../src/lib/pm/reserve-alloc.ts'
import { faceValue } from '../../../src/lib/pm/ticket-parameters.ts'
import { sizeReserve } from '../../../src/lib/simulation/size-reserve.ts'

const gwei = 10n ** 9n
const ether = 10n ** 18n

describe('sizeReserve', () => {
  it('has the published reserves', () => {
    // Gas price in hundredths of a gwei; reserve without a squeeze, and the least, in ten-thousandths of an ETH.
    const rows = [
      [1n, 1_200n, 12n],
      [10n, 12_000n, 120n],
      [100n, 120_000n, 1_200n],
      [300n, 360_000n, 3_600n],
    ] as const
    for (const [gas, reserve, least] of rows) {
      const gasPriceWei = (gas * gwei) / 100n
      const size = sizeReserve({ ticketEvWei: 8n * gwei, gasPriceWei, poolSize: 100n })
      assert.equal(size.reserveWei, (reserve * ether) / 10_000n)
      assert.equal(size.leastReserveWei, (least * ether) / 10_000n)
      assert.equal(size.safeReserveWei, (36n * ether) / 100n)
    }
  })

  it('is enough, and a slice less is not', () => {
    const wei = fc.bigInt({ min: 0n, max: ether })
    fc.assert(
      fc.property(
        wei,
        wei,
        fc.bigInt({ min: 0n, max: 5n * gwei }),
        fc.bigInt({ min: 1n, max: 200n }),
        (depositWei, pendingWei, gasPriceWei, poolSize) => {
          const inputs = { ticketEvWei: 8n * gwei, gasPriceWei, poolSize, depositWei, pendingWei }
          const size = sizeReserve(inputs)
          const offerOf = (fundsRemainingWei: bigint) => {
            const reserveAllocWei = reserveAlloc({
              fundsRemainingWei,
              claimedInCurrentRoundWei: 0n,
              poolSize,
            })
            return faceValue({
              ...inputs,
              maxFloatWei: maxFloat({ reserveAllocWei, depositWei, pendingWei }),
            })
          }
          assert.equal(offerOf(size.reserveWei).faceValueWei, size.faceValueWei)
          assert.ok(offerOf(size.reserveWei - 1n).faceValueWei < size.faceValueWei)
          assert.equal(offerOf(size.leastReserveWei).refusal, undefined)
          assert.notEqual(offerOf(size.leastReserveWei - 1n).refusal, undefined)
          assert.equal(offerOf(size.safeReserveWei).refusal, undefined)
        },
      ),
    )
  })

  it('refuses a pool of nobody', () => {
    assert.throws(() => sizeReserve({ ticketEvWei: 1n, gasPriceWei: 1n, poolSize: 0n }), {
      code: 'POOL_SIZE_INVALID',
    })
  })
})
