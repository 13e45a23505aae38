import assert from 'node:assert/strict'

import fc from 'fast-check'

import { TicketKinds } from '../../../src/lib/luck/ticket-kinds.ts'
import { maxWinProb } from '../../../src/lib/pm/win-prob.ts'
import { audit } from '../../../src/lib/simulation/audit.ts'
import type { TicketTally } from '../../../src/lib/simulation/audit.ts'

type Added = readonly (readonly [winProb: bigint, tickets: bigint, winners: bigint])[]

function kindsOf(added: Added): TicketKinds {
  const kinds = new TicketKinds()
  for (const tickets of added) kinds.add(...tickets)
  return kinds
}

const expectedOf = (tallies: readonly TicketTally[]) =>
  tallies.reduce((sum, { tickets, winProbability: { numerator, denominator } }) => {
    assert.equal(denominator, maxWinProb * tickets)
    return sum + numerator
  }, 0n)

describe('tickets by win probability', () => {
  const anyAdded = fc.array(
    fc
      .tuple(
        fc.bigInt({ min: 1n, max: maxWinProb }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 255 }),
      )
      .map(([winProb, tickets, shift]) => [winProb >> BigInt(shift), tickets, tickets / 3n] as const),
    { minLength: 1, maxLength: 300 },
  )

  it('loses no ticket, no winner and no part of a win probability, however many kinds there are', () => {
    fc.assert(
      fc.property(anyAdded, anyAdded, (first, second) => {
        const kinds = kindsOf(first)
        kinds.merge(kindsOf(second))
        const all = [...first, ...second]
        const tallies = kinds.tallies(64)
        assert.ok(tallies.length <= 64)
        assert.equal(
          kinds.tickets,
          all.reduce((sum, [, tickets]) => sum + tickets, 0n),
        )
        assert.equal(
          kinds.winners,
          all.reduce((sum, [, , winners]) => sum + winners, 0n),
        )
        const expected = all.reduce((sum, [winProb, tickets]) => sum + winProb * tickets, 0n)
        assert.equal(expectedOf(tallies), expected)
        assert.equal(expectedOf(kinds.tallies(1)), expected)
      }),
    )
  })

  it('tells as many kinds apart as an orchestrator makes', () => {
    const added = Array.from({ length: 64 }, (_, index) => [BigInt(index + 1), 10n, 0n] as const)
    assert.equal(kindsOf(added).tallies(64).length, 64)
    assert.equal(kindsOf([[5n, 1n, 0n]]).onlyWinProb, 5n)
    assert.equal(kindsOf(added).onlyWinProb, undefined)
  })

  it('makes the test of luck more careful by averaging, never less', () => {
    const added = Array.from(
      { length: 60 },
      (_, index) => [(maxWinProb / 3000n) * BigInt(index + 1), 100n, 0n] as const,
    )
    const exact = kindsOf(added)
    for (const winners of [20n, 35n, 90n, 110n]) {
      const told = (tallies: TicketTally[]) =>
        audit([
          {
            name: 'x',
            tallies: tallies.map((tally, index) => ({ ...tally, winners: index === 0 ? 1n : 0n })),
          },
          {
            name: 'y',
            tallies: tallies.map((tally) => ({ ...tally, winners: winners / BigInt(tallies.length) })),
          },
        ]).groups
      const [, apart] = told(exact.tallies(64))
      const average = exact.tallies(1).map((tally) => ({ ...tally, winners: apart?.winners ?? 0n }))
      const [averaged] = audit([{ name: 'y', tallies: average }]).groups
      assert.ok((averaged?.twoSided ?? 0) >= (apart?.twoSided ?? 1), `${String(winners)} winners`)
    }
  })
})
