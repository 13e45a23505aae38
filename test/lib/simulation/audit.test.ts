import assert from 'node:assert/strict'

import { rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import { seededRandom } from '../../../src/lib/probability/random-source.ts'
import { binomialSampler } from '../../../src/lib/probability/sample-binomial.ts'
import { audit } from '../../../src/lib/simulation/audit.ts'
import { holm } from '../../../src/lib/simulation/holm.ts'

const oneIn = (odds: bigint) => rational(1n, odds)
const group = (name: string, tickets: bigint, odds: bigint, winners: bigint) => ({
  name,
  tallies: [{ tickets, winProbability: oneIn(odds), winners }],
})

describe('holm', () => {
  it('has the textbook values', () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005]).map((value) => value.toFixed(3))
    assert.deepEqual(corrected, ['0.030', '0.060', '0.060', '0.020'])
    assert.deepEqual(holm([]), [])
    assert.deepEqual(holm([0.6, 0.7]), [1, 1])
  })
})

describe('audit', () => {
  it('finds the unlucky and the lucky, and lets the others be', () => {
    const { groups, pooled, cannotTell } = audit([
      group('fair', 1_500_000n, 150_000n, 10n),
      group('stingy', 7_500_000n, 150_000n, 15n),
      group('generous', 1_500_000n, 150_000n, 40n),
      group('new', 1000n, 150_000n, 0n),
    ])
    assert.deepEqual(
      groups.map(({ name, finding }) => [name, finding]),
      [
        ['fair', 'plausible'],
        ['stingy', 'tooUnlucky'],
        ['generous', 'tooLucky'],
        ['new', 'plausible'],
      ],
    )
    assert.equal(pooled.finding, 'plausible')
    assert.equal(pooled.tickets, 10_501_000n)
    assert.equal(cannotTell.length, 4)
    const [fair] = groups
    const exact = binomial(1_500_000n, oneIn(150_000n))
    assert.equal(fair?.asFew, exact.cdf(10n))
    assert.equal(fair.asMany, exact.survival(9n))
    assert.deepEqual(fair.unremarkable, [exact.quantile(0.005), exact.upperQuantile(0.005)])
    assert.deepEqual(groups[3]?.couldShowTooFew, false)
  })

  it('has no finding for tickets of which any number may win', () => {
    const { groups } = audit([group('two', 2n, 2n, 2n)])
    assert.equal(groups[0]?.finding, 'tooFewTickets')
  })

  it('pools win probabilities that differ, exactly', () => {
    const { pooled } = audit([group('a', 3n, 2n, 3n), group('b', 2n, 10n, 2n)], 0.05)
    assert.ok(Math.abs(pooled.asMany / (0.125 * 0.01) - 1) < 1e-12)
    assert.deepEqual([pooled.finding, pooled.expected.toFixed(3)], ['tooLucky', '1.700'])
  })

  it('raises false alarms no more often than its level', () => {
    const random = seededRandom(3n)
    const sample = binomialSampler(3_000_000n, oneIn(150_000n))
    let alarms = 0
    for (let run = 0; run < 300; run++) {
      const groups = Array.from({ length: 5 }, (_, index) =>
        group(String(index), 3_000_000n, 150_000n, BigInt(sample(random))),
      )
      if (audit(groups, 0.05).groups.some(({ finding }) => finding !== 'plausible')) alarms++
    }
    // 15 of 300 at most on average; 27 is three deviations above.
    assert.ok(alarms <= 27, `${alarms} alarms`)
  })

  it('takes any number of tickets', () => {
    const { groups } = audit([group('huge', 10n ** 18n, 10n ** 12n, 1_010_000n)])
    assert.equal(groups[0]?.finding, 'tooLucky')
  })

  it('refuses what is no tally', () => {
    assert.throws(() => audit([group('a', 1n, 2n, 2n)]), {
      name: 'UsageError',
      code: 'TALLY_INVALID',
      message: 'winners are among the tickets, and a win probability is from 0 to 1',
    })
    assert.throws(() => audit([]), {
      code: 'AUDIT_EMPTY',
      message: 'there are no tickets to judge the luck of',
    })
    assert.throws(() => audit([group('a', 1n, 2n, 1n)], Number.NaN), { code: 'LEVEL_INVALID' })
  })
})
