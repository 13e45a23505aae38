import assert from 'node:assert/strict'
import fc from 'fast-check'

import { compareRational, formatRational, rational } from '../../../src/lib/pm/rational.ts'
import { winProb } from '../../../src/lib/pm/win-prob.ts'
import { gasTable, gasThresholds } from '../../../src/lib/simulation/gas-table.ts'

const gwei = 10n ** 9n
const ether = 10n ** 18n
const request = { ticketEvWei: 8n * gwei, poolSize: 100n }

describe('gasTable', () => {
  it('reproduces the published table', () => {
    const rows = gasTable({ ...request, gasPricesWei: [gwei / 100n, gwei / 10n, gwei, 3n * gwei] })
    assert.deepEqual(
      rows.map(({ txCostWei, faceValueWei, oneIn }) => [txCostWei, faceValueWei, oneIn]),
      [
        [12n, 150_000n],
        [120n, 1_500_000n],
        [1200n, 15_000_000n],
        [3600n, 45_000_000n],
      ].map(([cost = 0n, oneIn = 0n]) => [
        (cost * ether) / 10n ** 6n,
        (cost * ether) / 10n ** 4n,
        rational(oneIn),
      ]),
    )
    for (const { overhead, faceValueWei, winProb: prob } of rows) {
      assert.deepEqual(overhead, rational(1n, 100n))
      assert.equal(prob, winProb(faceValueWei, 8n * gwei))
    }
  })

  it('says what too small a reserve adds to the price: the published factors', () => {
    const overheadOf = (reserveWei: bigint) => {
      const [row] = gasTable({ ...request, gasPricesWei: [gwei / 100n], reserveWei })
      return formatRational(row?.overhead ?? rational(0n), 2)
    }
    const reserves = [12n, 120n, 300n, 1200n].map((part) => (part * ether) / 10_000n)
    assert.deepEqual(reserves.map(overheadOf), ['1.00', '0.10', '0.04', '0.01'])
  })

  it('says at which gas price a sender is refused', () => {
    const rows = gasTable({ ...request, reserveWei: ether / 100n, gasPricesWei: [gwei / 100n, gwei / 10n] })
    assert.deepEqual(
      rows.map(({ refusal }) => refusal),
      [undefined, 'belowTxCost'],
    )
    const [, refused] = rows
    assert.deepEqual([refused?.winProb, refused?.oneIn, refused?.overhead], [0n, undefined, undefined])
    assert.equal(refused?.reserve.leastReserveWei, (12n * ether) / 1000n)
  })

  it('takes free gas, and refuses what cannot be', () => {
    const [free] = gasTable({ ...request, gasPricesWei: [0n] })
    assert.deepEqual([free?.faceValueWei, free?.overhead], [800n * gwei, rational(0n)])
    assert.throws(() => gasTable({ ...request, gasPricesWei: [-1n] }), { code: 'GAS_PRICE_INVALID' })
    assert.throws(() => gasTable({ ...request, gasPricesWei: Array.from({ length: 10_001 }, () => 1n) }), {
      code: 'RANGE_TOO_LONG',
    })
  })
})

describe('gasThresholds', () => {
  it('is where the table turns', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n }), (reserveWei) => {
        const { squeezedFromWei, refusedFromWei } = gasThresholds(reserveWei / 100n, request)
        const at = (gasPriceWei: bigint) =>
          gasTable({ ...request, reserveWei, gasPricesWei: [gasPriceWei] })[0]
        const onePercent = rational(1n, 100n)
        const exceeds = (price: bigint) => {
          const overhead = at(price)?.overhead
          return overhead === undefined || compareRational(overhead, onePercent) > 0
        }
        assert.ok(exceeds(squeezedFromWei === 0n ? 1n : squeezedFromWei))
        if (squeezedFromWei > 1n) assert.ok(!exceeds(squeezedFromWei - 1n))
        if (refusedFromWei === undefined) return
        assert.notEqual(at(refusedFromWei)?.refusal, undefined)
        if (refusedFromWei > 0n) assert.equal(at(refusedFromWei - 1n)?.refusal, undefined)
      }),
    )
  })

  it('knows of reserves that are never refused', () => {
    assert.equal(gasThresholds(3_600_000_000_000_000n, request).refusedFromWei, undefined)
    assert.equal(gasThresholds(3_599_999_999_999_999n, request).refusedFromWei, 3n * gwei)
  })
})
