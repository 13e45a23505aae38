import { UsageError } from '../errors.ts'
import type { Rational } from '../pm/rational.ts'
import { binomial } from '../probability/binomial.ts'
import { compound } from '../probability/compound.ts'
import { holm } from './holm.ts'

/** Tickets of one win probability, and how many won. */
export interface TicketTally {
  readonly tickets: bigint
  /** of 1 */
  readonly winProbability: Rational
  readonly winners: bigint
}

/** Everything that came from one sender, or went to one recipient. */
export interface AuditGroup {
  readonly name: string
  /** One for each win probability. */
  readonly tallies: readonly TicketTally[]
}

export interface LuckTest {
  readonly tickets: bigint
  readonly winners: bigint
  /** on average, when all is well */
  readonly expected: number
  readonly deviation: number
  /** The probability of as few winners or fewer, if the win probabilities are what they say. */
  readonly asFew: number
  /** The probability of as many or more. */
  readonly asMany: number
  /** Twice the smaller, at most 1: the test that does not ask which way. */
  readonly twoSided: number
  /** The numbers of winners, from and to, that would not have been remarkable at the level. */
  readonly unremarkable: readonly [bigint, bigint]
  /**
   * Whether winners may be too few, or too many, to be chance at all: with too few tickets no number of winners is.
   */
  readonly couldShowTooFew: boolean
  readonly couldShowTooMany: boolean
}

export interface GroupVerdict extends LuckTest {
  readonly name: string
  /** `twoSided` as it counts when so many groups are tested (Holm). */
  readonly corrected: number
  readonly finding: LuckFinding
}

/** What is said of luck at the level; `tooFewTickets` when no number of winners would have been remarkable. */
export type LuckFinding = 'plausible' | 'tooLucky' | 'tooUnlucky' | 'tooFewTickets'

/** Whether luck is hardly chance. */
export function isImplausible({ finding }: { readonly finding: LuckFinding }): boolean {
  return finding === 'tooLucky' || finding === 'tooUnlucky'
}

/**
 * What the test cannot tell: `notWho` or why when luck is implausible; `notProofOfFairness` when it is plausible;
 * `completeTallies` that all tickets and winners were counted; `independentTickets` that no ticket was counted twice.
 */
export type AuditLimit = 'notWho' | 'notProofOfFairness' | 'completeTallies' | 'independentTickets'

export interface Audit {
  /** The probability of an implausible finding where all is well: of any group together, and of the pool alone. */
  readonly level: number
  readonly groups: readonly GroupVerdict[]
  readonly pooled: LuckTest & { readonly finding: LuckFinding }
  readonly cannotTell: readonly AuditLimit[]
}

/**
 * Whether winners are as many as win probabilities say, by an exact test: binomial, and for several probabilities the
 * convolution of binomials.
 *
 * @param level 0.01 when absent
 * @param pool all of them together, where that is known in fewer tallies than those of the groups
 * @throws {UsageError} TALLY_INVALID, AUDIT_EMPTY, LEVEL_INVALID
 */
export function audit(groups: readonly AuditGroup[], level = 0.01, pool?: readonly TicketTally[]): Audit {
  if (!(level > 0 && level < 1)) throw new UsageError('LEVEL_INVALID', 'a level is above 0 and below 1')
  const tallies = pool ?? groups.flatMap((group) => group.tallies)
  for (const group of groups) group.tallies.forEach(checkTally)
  if (tallies.every(({ tickets }) => tickets === 0n)) {
    throw new UsageError('AUDIT_EMPTY', 'there are no tickets to judge the luck of')
  }
  const tests = groups.map((group) => luckOf(group.tallies, level))
  const corrected = holm(tests.map(({ twoSided }) => twoSided))
  const pooled = luckOf(tallies, level)
  return {
    level,
    groups: groups.map(({ name }, index) => {
      const test = tests[index] ?? pooled
      const value = corrected[index] ?? 1
      return { name, ...test, corrected: value, finding: findingOf(test, value, level) }
    }),
    pooled: { ...pooled, finding: findingOf(pooled, pooled.twoSided, level) },
    cannotTell: ['notWho', 'notProofOfFairness', 'completeTallies', 'independentTickets'],
  }
}

function luckOf(tallies: readonly TicketTally[], level: number): LuckTest {
  const kinds = mergeTallies(tallies)
  const winners = kinds.reduce((sum, tally) => sum + tally.winners, 0n)
  const counts = compound(
    kinds.map(({ tickets, winProbability }) => ({ amount: 1n, count: binomial(tickets, winProbability) })),
  )
  // The upper bounds: nothing is called remarkable that is not.
  const asFew = counts.cdf(winners).high
  const asMany = counts.survival(winners - 1n).high
  const fewest = counts.cdf(0n).high
  const tickets = kinds.reduce((sum, tally) => sum + tally.tickets, 0n)
  return {
    tickets,
    winners,
    expected: counts.mean,
    deviation: counts.deviation,
    asFew,
    asMany,
    twoSided: Math.min(1, 2 * asFew, 2 * asMany),
    unremarkable: [counts.quantile(level / 2).low, counts.upperQuantile(level / 2).high],
    couldShowTooFew: 2 * fewest <= level,
    couldShowTooMany: 2 * counts.survival(tickets - 1n).high <= level,
  }
}

function findingOf(test: LuckTest, value: number, level: number): LuckFinding {
  if (value <= level) return test.asFew < test.asMany ? 'tooUnlucky' : 'tooLucky'
  return test.couldShowTooFew || test.couldShowTooMany ? 'plausible' : 'tooFewTickets'
}

/** Tallies of one win probability are one. */
function mergeTallies(tallies: readonly TicketTally[]): TicketTally[] {
  const merged = new Map<string, TicketTally>()
  for (const tally of tallies) {
    const key = `${String(tally.winProbability.numerator)}/${String(tally.winProbability.denominator)}`
    const known = merged.get(key) ?? { ...tally, tickets: 0n, winners: 0n }
    merged.set(key, {
      ...tally,
      tickets: known.tickets + tally.tickets,
      winners: known.winners + tally.winners,
    })
  }
  return [...merged.values()]
}

function checkTally({ tickets, winners, winProbability }: TicketTally): void {
  const { numerator, denominator } = winProbability
  const isProbability = numerator >= 0n && denominator > 0n && numerator <= denominator
  if (tickets >= 0n && winners >= 0n && winners <= tickets && isProbability) return
  throw new UsageError(
    'TALLY_INVALID',
    'winners are among the tickets, and a win probability is from 0 to 1',
    {
      details: { tickets, winners },
    },
  )
}
