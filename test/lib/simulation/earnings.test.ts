import assert from 'node:assert/strict'
import fc from 'fast-check'

import { compareRational, multiplyRational, rational } from '../../../src/lib/pm/rational.ts'
import { redemptionGas } from '../../../src/lib/redemption/plan/gas-model.ts'
import { earnings } from '../../../src/lib/simulation/earnings.ts'
import { redemptionCost } from '../../../src/lib/simulation/redemption-cost.ts'
import { sensitivity } from '../../../src/lib/simulation/sensitivity.ts'
import { makeClasses } from './make-classes.ts'

const gwei = 10n ** 9n
const redemption = { gas: redemptionGas, gasPriceWei: gwei / 100n, batchSize: 10n }

describe('redemptionCost', () => {
  it('is less in batches', () => {
    assert.equal(redemptionCost({ ...redemption, batchSize: 1n }), 198_400n * redemption.gasPriceWei)
    assert.equal(redemptionCost({ ...redemption, batchSize: 100n }), 82_124n * redemption.gasPriceWei)
    assert.throws(() => redemptionCost({ ...redemption, batchSize: 0n }), { code: 'BATCH_SIZE_INVALID' })
    assert.throws(() => redemptionCost({ ...redemption, gasPriceWei: -1n }), { code: 'GAS_PRICE_INVALID' })
  })
})

describe('earnings', () => {
  it('of the published example', () => {
    const { income, net, winners, firstWin, dryWeekProbability, costShare } = earnings({
      classes: makeClasses(),
      hours: 24n,
      redemption,
    })
    assert.deepEqual(income.meanWei, rational(286_654_464_000_000_000n))
    assert.equal((Number(income.deviationWei) / 1e18).toFixed(3), '0.019')
    assert.equal(winners.mean.toFixed(2), '238.88')
    assert.equal(firstWin.mean.toFixed(4), '0.1005')
    assert.deepEqual(
      firstWin.quantiles.map(({ hours }) => hours),
      [1n, 1n, 1n],
    )
    assert.equal(dryWeekProbability, 0)
    // 94,040 gas at 0.01 gwei, of 0.0012 ETH.
    assert.equal(costShare.toFixed(6), (94_040e7 / 1.2e15).toFixed(6))
    assert.ok(compareRational(net.meanWei, income.meanWei) < 0)
  })

  it('tells of dry weeks when wins are rare', () => {
    // One win in a thousand hours on average.
    const classes = makeClasses({ streams: rational(1n), weiPerHour: rational(1_200_000_000_000n) })
    const { dryWeekProbability, nothingProbability, firstWin } = earnings({
      classes,
      hours: 720n,
      redemption,
    })
    assert.equal(dryWeekProbability.toFixed(4), Math.exp(-0.168).toFixed(4))
    assert.equal(nothingProbability.toFixed(4), Math.exp(-0.72).toFixed(4))
    assert.equal(firstWin.mean.toFixed(6), '1000.000000')
    const [early, half, late] = firstWin.quantiles.map(({ hours }) => Number(hours))
    assert.deepEqual([early, half, late], [52, 694, 2996])
    const never = earnings({
      classes: makeClasses({ streams: rational(1n, 10n ** 12n) }),
      hours: 24n,
      redemption,
    })
    assert.deepEqual(
      never.firstWin.quantiles.map(({ hours }) => hours),
      [undefined, undefined, undefined],
    )
  })

  it('leaves what costs more than it pays', () => {
    const classes = makeClasses({ faceValueWei: 500n * gwei }, {})
    const { notWorthRedeeming, net } = earnings({ classes, hours: 24n, redemption })
    assert.deepEqual(
      notWorthRedeeming.map(({ faceValueWei }) => faceValueWei),
      [500n * gwei],
    )
    const alone = earnings({ classes: classes.slice(1), hours: 24n, redemption })
    assert.deepEqual(net, alone.net)
  })

  it('is the sum of its parts on average, and never more than the income', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.bigInt({ min: 0n, max: gwei }),
        fc.bigInt({ min: 1n, max: 100n }),
        (hours, gasPriceWei, batchSize) => {
          const classes = makeClasses()
          const { income, net, redemptionInBatchWei, redemptionAloneWei } = earnings({
            classes,
            hours,
            redemption: { gas: redemptionGas, gasPriceWei, batchSize },
          })
          const share = rational(1_200_000_000_000_000n - redemptionInBatchWei, 1_200_000_000_000_000n)
          assert.deepEqual(net.meanWei, multiplyRational(income.meanWei, share))
          for (const [index, { wei }] of net.quantiles.entries())
            assert.ok(wei.high <= (income.quantiles[index]?.wei.high ?? 0n))
          assert.ok(redemptionInBatchWei <= redemptionAloneWei)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('sensitivity', () => {
  const request = {
    spendPerHourWei: rational(11_943_936_000_000_000n),
    hours: 168n,
    paymentWei: rational(1_658_880_000_000n),
    ticketEvsWei: [8n * gwei, 150n * gwei, 10_000n * gwei],
    gasPricesWei: [gwei / 100n, gwei / 10n, gwei],
    batchSizes: [1n, 50n],
    gas: redemptionGas,
  }

  it('goes through every combination', () => {
    const cells = sensitivity(request)
    assert.equal(cells.length, 18)
    const [first, second] = cells
    assert.equal(first?.faceValueWei, 1_200_000_000_000_000n)
    assert.deepEqual(first.outcome?.overhead, rational(1n, 100n))
    assert.equal(first.outcome.ticketsPerPayment, 208n)
    assert.ok(compareRational(second?.outcome?.netWei ?? rational(0n), first.outcome.netWei) > 0)
    // Greater face values are rarer: income is left to luck more.
    const variations = [0, 2, 4].map((index) => cells[index]?.outcome?.variation ?? 0)
    assert.deepEqual(
      variations,
      [...variations].sort((a, b) => a - b),
    )
    assert.ok(variations.every((value) => value > 0))
  })

  it('says where there are no tickets', () => {
    const [cell] = sensitivity({ ...request, faceValuesWei: [gwei] })
    assert.deepEqual([cell?.refusal, cell?.outcome], ['belowTicketEv', undefined])
    const [short] = sensitivity({ ...request, gasPricesWei: [gwei], maxFloatWei: 10n ** 13n })
    assert.equal(short?.refusal, 'belowTxCost')
  })

  it('refuses a range without end', () => {
    const gasPricesWei = Array.from({ length: 2000 }, () => gwei)
    assert.throws(() => sensitivity({ ...request, gasPricesWei }), {
      code: 'RANGE_TOO_LONG',
      message: 'at most 10000 combinations can be looked at',
    })
  })
})
