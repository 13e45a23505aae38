import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Rational } from '../../../src/lib/pm/rational.ts'
import { binomial } from '../../../src/lib/probability/binomial.ts'
import type { CountDistribution } from '../../../src/lib/probability/count-distribution.ts'
import { poisson } from '../../../src/lib/probability/poisson.ts'
import { parseRational } from '../pm/parse-rational.ts'

interface Row {
  readonly k: string
  readonly logPmf: string
  readonly logCdf: string
  readonly logUpper: string
}

/** Of scripts/probability-table.py. */
const table = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'probability.json'), 'utf8'),
) as {
  readonly binomial: readonly (Row & { readonly n: string; readonly p: string })[]
  readonly poisson: readonly (Row & { readonly mean: string })[]
}

/** A probability and its logarithm, both within 1e-10 of what it is, relative to the probability. */
function assertClose(log: number, value: number, expected: string): void {
  const reference = Number(expected)
  assert.ok(Math.abs(log - reference) < 1e-11, `log ${log} instead of ${expected}`)
  const exact = Math.exp(reference)
  if (exact > 1e-300) assert.ok(Math.abs(value / exact - 1) < 1e-11, `${value} instead of exp(${expected})`)
}

function assertRow(distribution: CountDistribution, { k, logPmf, logCdf, logUpper }: Row): void {
  const count = BigInt(k)
  assertClose(distribution.logPmf(count), distribution.pmf(count), logPmf)
  assertClose(distribution.logCdf(count), distribution.cdf(count), logCdf)
  assertClose(distribution.logSurvival(count - 1n), distribution.survival(count - 1n), logUpper)
}

describe('probabilities against a table of 25 digits', () => {
  for (const row of table.binomial) {
    it(`binomial: ${row.k} of ${row.n} at ${row.p}`, () =>
      assertRow(binomial(BigInt(row.n), parseRational(row.p)), row))
  }
  for (const row of table.poisson) {
    it(`Poisson: ${row.k} at a mean of ${row.mean}`, () => assertRow(poisson(parseRational(row.mean)), row))
  }
})

describe('probabilities against exact fractions', () => {
  const probabilities: readonly Rational[] = [
    { numerator: 1n, denominator: 2n },
    { numerator: 1n, denominator: 1000n },
    { numerator: 999n, denominator: 1000n },
    { numerator: 355n, denominator: 1130n },
  ]
  for (const { numerator, denominator } of probabilities) {
    it(`binomial of 40 at ${String(numerator)}/${String(denominator)}, in both tails`, () => {
      const distribution = binomial(40n, { numerator, denominator })
      const terms = Array.from(
        { length: 41 },
        (_, k) => waysOf(40, k) * numerator ** BigInt(k) * (denominator - numerator) ** BigInt(40 - k),
      )
      const total = denominator ** 40n
      for (let k = 0; k <= 40; k++) {
        const lower = terms.slice(0, k + 1).reduce((sum, term) => sum + term, 0n)
        const upper = terms.slice(k + 1).reduce((sum, term) => sum + term, 0n)
        assertNear(distribution.cdf(BigInt(k)), lower, total)
        assertNear(distribution.survival(BigInt(k)), upper, total)
      }
    })
  }
})

function waysOf(n: number, k: number): bigint {
  let ways = 1n
  for (let index = 1; index <= k; index++) ways = (ways * BigInt(n - index + 1)) / BigInt(index)
  return ways
}

/** |value - part / total| < 1e-11 part / total, in integers. */
function assertNear(value: number, part: bigint, total: bigint): void {
  const scale = 10n ** 160n
  const [exact, got] = [(part * scale) / total, scaled(value)]
  const difference = exact > got ? exact - got : got - exact
  assert.ok(difference * 10n ** 11n <= exact, `${value} is off`)
}

/** value · 10^160, exactly but for what is below 1. */
function scaled(value: number): bigint {
  let [mantissa, shift] = [value, 0n]
  while (mantissa !== 0 && !Number.isInteger(mantissa)) {
    mantissa *= 2
    shift++
  }
  return (BigInt(mantissa) * 10n ** 160n) >> shift
}
