import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import type { Rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import { seededRandom, uniform } from '../../../src/lib/probability/random-source.ts'
import { binomialSampler } from '../../../src/lib/probability/sample-binomial.ts'

const draws = 200_000

/** The sum of (seen - expected)^2 / expected over cells of 50 or more, as deviations of what it would be by chance. */
function chiSquareScore(trials: bigint, probability: Rational, seed: bigint): number {
  const sample = binomialSampler(trials, probability)
  const { cdf } = binomial(trials, probability)
  const random = seededRandom(seed)
  const counts = new Map<number, number>()
  for (let draw = 0; draw < draws; draw++) {
    const count = sample(random)
    counts.set(count, (counts.get(count) ?? 0) + 1)
  }
  const highest = Math.max(...counts.keys())
  let [sum, cells, seen, used] = [0, 0, 0, 0]
  for (let count = Math.min(...counts.keys()); count <= highest; count++) {
    seen += counts.get(count) ?? 0
    const expected = draws * cdf(BigInt(count)) - used
    if (expected < 50 || draws - used - expected < 50) continue
    sum += (seen - expected) ** 2 / expected
    used += expected
    cells++
    seen = 0
  }
  sum += (seen - (draws - used)) ** 2 / (draws - used)
  return (sum - cells) / Math.sqrt(2 * cells)
}

describe('binomialSampler', () => {
  const cases: readonly (readonly [bigint, Rational])[] = [
    [1n, rational(1n, 3n)],
    [20n, rational(3n, 10n)],
    [20n, rational(7n, 10n)],
    [1000n, rational(3n, 10n)],
    [1000n, rational(97n, 100n)],
    [40n, rational(1n, 2n)],
    [100_000n, rational(1n, 2n)],
    [1_493_280n, rational(1n, 150_000n)],
    [1_600_000n, rational(1n, 150_000n)],
    [10n ** 9n, rational(1n, 10n ** 12n)],
    [10n ** 12n, rational(1n, 45_000_000n)],
    [10n ** 18n, rational(1n, 10n ** 15n)],
    [10n ** 18n, rational(1n, 10n ** 12n)],
  ]
  for (const [trials, probability] of cases) {
    it(`draws as the distribution says: ${String(trials)} at 1/${(Number(probability.denominator) / Number(probability.numerator)).toPrecision(4)}`, () => {
      // One in 15,000 good samplers is beyond 4.5, allowing for the skew; the seeds are fixed.
      const score = chiSquareScore(trials, probability, 7n)
      assert.ok(Math.abs(score) < 4.5, `${score} deviations`)
    })
  }

  it('draws the same from the same seed', () => {
    const sample = binomialSampler(1_600_000n, rational(1n, 150_000n))
    const take = (seed: bigint) => {
      const random = seededRandom(seed)
      return Array.from({ length: 8 }, () => sample(random))
    }
    assert.deepEqual(take(1n), take(1n))
    assert.notDeepEqual(take(1n), take(2n))
    assert.deepEqual(take(1n), [15, 14, 11, 17, 9, 14, 15, 11])
  })

  it('knows what is certain', () => {
    const random = seededRandom(0n)
    assert.equal(binomialSampler(10n, rational(0n))(random), 0)
    assert.equal(binomialSampler(10n, rational(1n))(random), 10)
    assert.equal(binomialSampler(0n, rational(1n, 2n))(random), 0)
  })

  it('refuses counts that a double cannot hold', () => {
    assert.throws(() => binomialSampler(10n ** 18n, rational(1n, 2n)), {
      name: 'UsageError',
      code: 'TRIALS_INVALID',
      message: 'so many winners cannot be drawn',
    })
    assert.throws(() => binomialSampler(-1n, rational(1n, 2n)), { code: 'TRIALS_INVALID' })
    assert.throws(() => binomialSampler(1n, rational(-1n, 2n)), { code: 'PROBABILITY_INVALID' })
  })
})

describe('seededRandom', () => {
  it('gives the same numbers for ever', () => {
    const random = seededRandom(42n)
    assert.deepEqual(
      Array.from({ length: 4 }, () => random.next()),
      [0.8840694165993271, 0.4568489328134898, 0.37525165310059505, 0.36067571422771694],
    )
  })

  it('is uniform, also for seeds side by side', () => {
    const firsts = Array.from({ length: 10_000 }, (_, seed) => uniform(seededRandom(BigInt(seed)), -1, 1))
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length
    const square = firsts.reduce((sum, value) => sum + value * value, 0) / firsts.length
    const neighbours =
      firsts.slice(1).reduce((sum, value, index) => sum + value * (firsts[index] ?? 0), 0) / firsts.length
    assert.ok(Math.abs(mean) < 0.025 && Math.abs(square - 1 / 3) < 0.015 && Math.abs(neighbours) < 0.015)
  })
})
