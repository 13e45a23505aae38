import assert from 'node:assert/strict'
import fc from 'fast-check'

import { rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import type { CountDistribution } from '../../../src/lib/probability/count-distribution.ts'
import { poisson } from '../../../src/lib/probability/poisson.ts'

const chances = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }))
  .map(([hit, miss]) => rational(hit, hit + miss))
const binomials = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), chances)
  .map(([trials, chance]) => binomial(trials, chance))
const poissons = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([numerator, denominator]) => poisson(rational(numerator, denominator)))
const distributions = fc.oneof(binomials, poissons)
/** Counts about the middle, as far as the tails go. */
const countOf = ({ mean, deviation }: CountDistribution, sigmas: number) =>
  BigInt(Math.max(0, Math.floor(mean + sigmas * deviation)))
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-11 * Math.max(a, b) + 1e-300

describe('binomial and poisson', () => {
  it('are probabilities of which neighbours differ by the pmf', () => {
    fc.assert(
      fc.property(distributions, fc.double({ min: -9, max: 9, noNaN: true }), (distribution, sigmas) => {
        const count = countOf(distribution, sigmas)
        const { cdf, survival, pmf } = distribution
        assert.ok(Math.abs(cdf(count) + survival(count) - 1) < 1e-12)
        assert.ok(cdf(count) <= cdf(count + 1n) * (1 + 1e-12))
        assert.ok(survival(count) * (1 + 1e-12) >= survival(count + 1n))
        assert.ok(near(cdf(count), cdf(count - 1n) + pmf(count)))
        assert.ok(near(survival(count - 1n), survival(count) + pmf(count)))
      }),
    )
  })

  it('sum to 1', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 300n }), chances, (trials, chance) => {
        const { pmf } = binomial(trials, chance)
        let sum = 0
        for (let count = 0n; count <= trials; count++) sum += pmf(count)
        assert.ok(Math.abs(sum - 1) < 1e-12)
      }),
    )
  })

  it('are the same in a row as one by one', () => {
    fc.assert(
      fc.property(distributions, fc.double({ min: -20, max: 20, noNaN: true }), (distribution, sigmas) => {
        const first = countOf(distribution, sigmas)
        const masses = distribution.masses(first, first + 600n)
        for (const [index, mass] of masses.entries())
          assert.ok(near(mass, distribution.pmf(first + BigInt(index))))
      }),
    )
  })

  it('have quantiles that are the least count at which the distribution is there', () => {
    const risks = fc.oneof(
      fc.double({ min: 1e-9, max: 0.999_999, noNaN: true }),
      fc.constantFrom(1e-30, 1e-100, 1e-300),
    )
    fc.assert(
      fc.property(distributions, risks, ({ cdf, survival, quantile, upperQuantile }, risk) => {
        const upper = upperQuantile(risk)
        assert.ok(survival(upper) <= risk)
        if (upper > 0n) assert.ok(survival(upper - 1n) > risk)
        const lower = quantile(risk)
        if (risk >= 0.5) {
          assert.equal(lower, upperQuantile(1 - risk))
          return
        }
        assert.ok(cdf(lower) >= risk)
        assert.ok(lower === 0n || cdf(lower - 1n) < risk)
      }),
    )
  })

  it('have the published quantiles', () => {
    const rows = [
      [1n, 3n, 4n],
      [5n, 9n, 11n],
      [50n, 62n, 67n],
    ] as const
    for (const [mean, p95, p99] of rows) {
      const { quantile, upperQuantile } = poisson(rational(mean))
      assert.deepEqual([quantile(0.95), quantile(0.99)], [p95, p99])
      assert.deepEqual([upperQuantile(0.05), upperQuantile(0.01)], [p95, p99])
    }
  })

  it('mirror each other when winning and losing change places', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        chances,
        fc.double({ min: -9, max: 9, noNaN: true }),
        (trials, chance, sigmas) => {
          const wins = binomial(trials, chance)
          const losses = binomial(trials, rational(chance.denominator - chance.numerator, chance.denominator))
          const count = countOf(wins, sigmas)
          assert.ok(near(wins.cdf(count), losses.survival(trials - count - 1n)))
        },
      ),
    )
  })

  it('know what is certain and what cannot be', () => {
    const never = binomial(10n, rational(0n))
    const always = binomial(10n, rational(1n))
    assert.deepEqual([never.pmf(0n), never.cdf(0n), never.survival(0n), never.quantile(1)], [1, 1, 0, 0n])
    assert.deepEqual(
      [always.pmf(10n), always.cdf(9n), always.survival(9n), always.quantile(1e-9)],
      [1, 0, 1, 10n],
    )
    const some = binomial(10n, rational(1n, 2n))
    assert.deepEqual([some.pmf(-1n), some.pmf(11n), some.cdf(-1n), some.survival(10n)], [0, 0, 0, 0])
    assert.deepEqual([some.logPmf(11n), some.upperQuantile(0), some.quantile(1)], [-Infinity, 10n, 10n])
    assert.deepEqual([some.quantile(0), some.upperQuantile(1)], [0n, 0n])
    const nothing = poisson(rational(0n))
    assert.deepEqual(
      [nothing.pmf(0n), nothing.pmf(1n), nothing.survival(0n), nothing.quantile(0.999)],
      [1, 0, 0, 0n],
    )
  })

  it('refuse what is no probability', () => {
    for (const wrong of [Number.NaN, -0.1, 1.1, Infinity]) {
      assert.throws(() => binomial(1n, rational(1n, 2n)).quantile(wrong), {
        name: 'UsageError',
        code: 'PROBABILITY_INVALID',
        message: 'a probability is from 0 to 1',
      })
    }
    assert.throws(() => binomial(1n, rational(3n, 2n)), { code: 'PROBABILITY_INVALID' })
    assert.throws(() => binomial(-1n, rational(1n, 2n)), { code: 'TRIALS_INVALID' })
    assert.throws(() => poisson(rational(-1n)), { code: 'MEAN_INVALID' })
    assert.throws(() => poisson(rational(1n)).quantile(1), {
      code: 'PROBABILITY_UNREACHABLE',
      message: 'no number of winners is certain to be enough',
    })
  })
})
