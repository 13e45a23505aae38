import { CheckFailedError, DeclinedError, UsageError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import { audit, isImplausible } from '../simulation/audit.ts'
import type { Audit } from '../simulation/audit.ts'
import type { AuditedParty, TallyReport, TicketTallies } from './tally-tickets.ts'
import { TicketKinds } from './ticket-kinds.ts'

/** What the numbers rest on: tickets whose wins were worked out, winners that were, or what somebody says. */
export type LuckBasis = 'tickets' | 'winners' | 'tallies'

export interface LuckReport extends Audit {
  readonly basis: LuckBasis
  readonly by: AuditedParty | 'name'
  /** null: nothing was read but numbers */
  readonly source: TallyReport | null
}

/** So many distributions are added up at the most, however many groups there are. */
const mostParts = 2000
const mostPooled = 64

/** @throws {UsageError} AUDIT_EMPTY, LEVEL_INVALID, TRIALS_INVALID */
export function auditTallies(groups: ReadonlyMap<string, TicketKinds>, level: number): LuckReport {
  return { basis: 'tallies', by: 'name', source: null, ...judge(groups, level) }
}

/**
 * Judges tickets of a source, winners and others.
 *
 * @throws {UsageError} AUDIT_EMPTY, LEVEL_INVALID; AUDIT_ONLY_WINNERS when the source leaves out what did not win
 */
export function auditTickets(
  { groups, ...source }: TicketTallies,
  { by, level }: { readonly by: AuditedParty; readonly level: number },
): LuckReport {
  const all = together(groups)
  const mean = all.tallies(1)[0]?.winProbability
  const isRare = mean !== undefined && mean.numerator * 2n < mean.denominator
  if (all.tickets > 0n && all.winners === all.tickets && isRare) {
    throw new UsageError(
      'AUDIT_ONLY_WINNERS',
      `all ${all.tickets} tickets have won: the others are missing`,
      {
        details: { winners: all.winners },
        nextSteps: [
          'say how many tickets there were, those that did not win included: --tickets N',
          "go-livepeer's database and lp-pay's store keep winners only",
        ],
      },
    )
  }
  return { basis: 'tickets', by, source, ...judge(groups, level) }
}

/**
 * Judges winners of a source against a number of tickets that somebody says.
 *
 * @param told the win probability of all, where the winners do not say it
 * @throws {UsageError} WIN_PROB_MISSING, TALLY_INVALID, AUDIT_EMPTY, LEVEL_INVALID
 */
export function auditWinners(
  { groups, ...source }: TicketTallies,
  told: { readonly tickets: bigint; readonly winProb?: bigint | undefined },
  { by, level, name }: { readonly by: AuditedParty; readonly level: number; readonly name: string },
): LuckReport {
  const all = together(groups)
  const winProb = told.winProb ?? all.onlyWinProb
  if (winProb === undefined) {
    const why =
      all.tickets === 0n ? 'no winner says with which probability' : 'the winners have several probabilities'
    throw new UsageError('WIN_PROB_MISSING', why, {
      nextSteps: ['say the win probability of the tickets: --win-prob 1/150000'],
    })
  }
  const kinds = new TicketKinds()
  kinds.add(winProb, told.tickets, all.winners)
  return { basis: 'winners', by, source, ...judge(new Map([[name, kinds]]), level) }
}

function judge(groups: ReadonlyMap<string, TicketKinds>, level: number): Audit {
  const most = Math.min(mostPooled, Math.max(1, Math.floor(mostParts / Math.max(1, groups.size))))
  return audit(
    [...groups].map(([name, kinds]) => ({ name, tallies: kinds.tallies(most) })),
    level,
    together(groups).tallies(mostPooled),
  )
}

function together(groups: ReadonlyMap<string, TicketKinds>): TicketKinds {
  const all = new TicketKinds()
  for (const kinds of groups.values()) all.merge(kinds)
  return all
}

/** The error that a report amounts to: luck that is none, or a reading that was interrupted. */
export function failedAudit({ groups, pooled, source }: LuckReport): LpPayError | undefined {
  if (source?.complete === false) {
    return new DeclinedError('INTERRUPTED', 'interrupted: only what was read until then was judged')
  }
  const implausible = groups.filter(isImplausible)
  if (implausible.length === 0 && !isImplausible(pooled)) return undefined
  const which =
    implausible.length === 0 ? 'all together have' : `${implausible.length} of ${groups.length} have`
  return new CheckFailedError('LUCK_IMPLAUSIBLE', `${which} luck that is hardly chance`, {
    details: { implausible: implausible.length, judged: groups.length },
  })
}
