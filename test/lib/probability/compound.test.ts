import assert from 'node:assert/strict'
import fc from 'fast-check'

import { rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import { compound } from '../../../src/lib/probability/compound.ts'
import type { CompoundPart } from '../../../src/lib/probability/compound.ts'

const smallParts = fc.array(
  fc
    .tuple(
      fc.bigInt({ min: 1n, max: 50n }),
      fc.bigInt({ min: 0n, max: 12n }),
      fc.bigInt({ min: 1n, max: 20n }),
    )
    .map(([amount, trials, odds]) => ({ amount, count: binomial(trials, rational(1n, odds)) })),
  { minLength: 1, maxLength: 3 },
)

/** P(sum > amount) by going through every combination. */
function survivalByHand(parts: readonly CompoundPart[], amount: bigint): number {
  const [part, ...rest] = parts
  if (part === undefined) return amount < 0n ? 1 : 0
  let sum = 0
  for (let count = 0n; count <= 12n; count++) {
    const mass = part.count.pmf(count)
    if (mass > 0) sum += mass * survivalByHand(rest, amount - count * part.amount)
  }
  return sum
}

describe('compound', () => {
  it('is exact when the amounts fit the lattice, and keeps the digits of small probabilities', () => {
    fc.assert(
      fc.property(smallParts, fc.bigInt({ min: 0n, max: 800n }), (parts, amount) => {
        const sums = compound(parts)
        const expected = survivalByHand(parts, amount)
        const { low, high } = sums.survival(amount)
        assert.equal(sums.error, 0n)
        assert.ok(Math.abs(high - expected) <= 1e-11 * expected + 1e-38)
        assert.ok(Math.abs(low - expected) <= 1e-11 * expected + 1e-38)
        assert.ok(Math.abs(sums.cdf(amount).high - (1 - expected)) < 1e-12)
      }),
    )
  })

  it('holds the truth between its bounds when they do not', () => {
    fc.assert(
      fc.property(
        smallParts,
        fc.bigInt({ min: 0n, max: 800n }),
        fc.integer({ min: 3, max: 40 }),
        (parts, amount, cells) => {
          const sums = compound(parts, { cells })
          const expected = survivalByHand(parts, amount)
          const { low, high } = sums.survival(amount)
          assert.ok(low <= expected * (1 + 1e-12) && expected <= high * (1 + 1e-12))
          const quantile = sums.upperQuantile(0.01)
          assert.ok(quantile.high - quantile.low <= sums.error)
          assert.ok(survivalByHand(parts, quantile.high) <= 0.01 * (1 + 1e-12))
          if (quantile.low > 0n) assert.ok(survivalByHand(parts, quantile.low - 1n) > 0.01 * (1 - 1e-12))
        },
      ),
    )
  })

  it('is one distribution when two parts are of one amount', () => {
    const chance = rational(1n, 150_000n)
    const whole = compound([{ amount: 12n, count: binomial(50_000_000n, chance) }])
    const halves = compound([
      { amount: 12n, count: binomial(20_000_000n, chance) },
      { amount: 12n, count: binomial(30_000_000n, chance) },
    ])
    for (const wins of [100n, 200n, 333n, 400n, 500n, 540n]) {
      const [a, b] = [whole.survival(12n * wins).high, halves.survival(12n * wins).high]
      assert.ok(Math.abs(a / b - 1) < 1e-11, `${a} and ${b}`)
    }
    for (const risk of [0.5, 0.01, 1e-9])
      assert.deepEqual(whole.upperQuantile(risk), halves.upperQuantile(risk))
    assert.deepEqual(whole.quantile(0.001), halves.quantile(0.001))
    assert.ok(Math.abs(whole.deviation / halves.deviation - 1) < 1e-12)
  })

  it('takes any number of tickets', () => {
    const sums = compound([
      { amount: 1_200_000_000_000_001n, count: binomial(10n ** 18n, rational(1n, 150_000n)) },
      { amount: 77_777_777_777_777n, count: binomial(10n ** 18n, rational(1n, 3n)) },
    ])
    const { low, high } = sums.upperQuantile(0.001)
    assert.ok(high - low <= sums.error && Number(sums.error) < sums.deviation / 50)
    assert.ok(Math.abs((Number(high) - sums.mean) / sums.deviation - 3.09) < 0.02)
  })

  it('refuses amounts of nothing and too many parts', () => {
    const part = { amount: 1n, count: binomial(1n, rational(1n, 2n)) }
    assert.throws(() => compound([{ ...part, amount: 0n }]), { name: 'UsageError', code: 'AMOUNT_INVALID' })
    assert.throws(() => compound(Array.from({ length: 1001 }, () => part)), { code: 'PARTS_TOO_MANY' })
  })

  it('is nothing when there are no parts', () => {
    assert.deepEqual(compound([]).upperQuantile(0.5), { low: 0n, high: 0n })
  })
})
