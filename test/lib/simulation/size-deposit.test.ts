import assert from 'node:assert/strict'
import fc from 'fast-check'

import { rational } from '../../../src/lib/pm/rational.ts'
import { poisson } from '../../../src/lib/probability/poisson.ts'
import { sizeDeposit } from '../../../src/lib/simulation/size-deposit.ts'
import { makeClasses } from './make-classes.ts'

const milliEther = 10n ** 15n

describe('sizeDeposit', () => {
  it('reproduces the published example: 0.287 ETH, deviation 0.019', () => {
    const size = sizeDeposit({ classes: makeClasses(), hours: 24n, risk: 0.001 })
    assert.deepEqual(size.meanWei, rational(286_654_464_000_000_000n))
    assert.equal((Number(size.meanWei.numerator) / 1e18).toFixed(3), '0.287')
    assert.equal((Number(size.deviationWei) / 1e18).toFixed(3), '0.019')
    assert.equal(size.winners.toFixed(2), '238.88')
    assert.equal(size.errorWei, 0n)
    assert.equal(
      size.depositWei,
      poisson(rational(23_888n, 100n)).upperQuantile(0.001) * 1_200_000_000_000_000n,
    )
    assert.equal(size.gatewayDepositWei, size.depositWei + 1_200_000_000_000_000n)
    assert.ok(size.dryProbability.high <= 0.001 && size.dryProbability.low > 0.0008)
  })

  it('reproduces the published quantiles', () => {
    const rows = [
      [1n, 3n, 4n],
      [5n, 9n, 11n],
      [50n, 62n, 67n],
    ] as const
    for (const [wins, p95, p99] of rows) {
      const classes = makeClasses({
        streams: rational(1n),
        weiPerHour: rational(wins * 1_200_000_000_000_000n),
      })
      const depositOf = (risk: number) =>
        sizeDeposit({ classes, hours: 1n, risk }).depositWei / 1_200_000_000_000_000n
      assert.deepEqual([depositOf(0.05), depositOf(0.01)], [p95, p99])
    }
  })

  it('grows with hours and certainty, and splitting a class changes nothing', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
        (hours, streams, risk) => {
          const classes = makeClasses({ streams: rational(streams) })
          const { depositWei, dryProbability } = sizeDeposit({ classes, hours, risk })
          assert.ok(dryProbability.high <= risk)
          assert.ok(sizeDeposit({ classes, hours: hours + 1n, risk }).depositWei >= depositWei)
          assert.ok(sizeDeposit({ classes, hours, risk: risk / 2 }).depositWei >= depositWei)
          const half = { streams: rational(streams, 2n) }
          assert.deepEqual(
            sizeDeposit({ classes: makeClasses(half, half), hours, risk }),
            sizeDeposit({ classes, hours, risk }),
          )
        },
      ),
      { numRuns: 30 },
    )
  })

  it('adds up face values that differ', () => {
    const classes = makeClasses({ faceValueWei: 12n * milliEther }, { streams: rational(50n) })
    const size = sizeDeposit({ classes, hours: 24n, risk: 0.001 })
    assert.equal(size.errorWei, 0n)
    const apart = classes.map((each) => sizeDeposit({ classes: [each], hours: 24n, risk: 0.001 }).depositWei)
    assert.ok(size.depositWei < apart.reduce((sum, wei) => sum + wei, 0n))
    assert.ok(size.depositWei > size.meanWei.numerator / size.meanWei.denominator)
    const odd = makeClasses({ faceValueWei: 12n * milliEther + 1n }, { streams: rational(50n) })
    const near = sizeDeposit({ classes: odd, hours: 24n, risk: 0.001 })
    assert.ok(near.errorWei > 0n && near.errorWei < near.deviationWei / 20n)
    const difference = near.depositWei - size.depositWei
    assert.ok(difference >= 0n && difference <= near.errorWei + 1000n)
  })

  it('answers for 1,000 years and for 1e18 tickets', () => {
    const classes = makeClasses({ streams: rational(10n ** 9n) }, { faceValueWei: 7_777_777_777_777_777n })
    const { depositWei, meanWei } = sizeDeposit({ classes, hours: 8_766_000n, risk: 1e-9 })
    assert.ok(depositWei > meanWei.numerator / meanWei.denominator)
  })

  it('refuses a risk of nothing or all', () => {
    for (const risk of [0, 1, -1, Number.NaN]) {
      assert.throws(() => sizeDeposit({ classes: makeClasses(), hours: 24n, risk }), {
        name: 'UsageError',
        code: 'RISK_INVALID',
        message: 'a risk is above 0 and below 100 %',
      })
    }
  })
})
