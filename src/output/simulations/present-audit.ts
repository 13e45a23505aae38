import type { LuckReport } from '../../lib/luck/audit-luck.ts'
import { isImplausible } from '../../lib/simulation/audit.ts'
import type { AuditLimit, GroupVerdict, LuckFinding, LuckTest } from '../../lib/simulation/audit.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { count, counted } from '../amounts.ts'
import type { PresentedSection, Presentation } from './presentation.ts'
import { about, chance } from './words.ts'

export const findingWords: Readonly<Record<LuckFinding, string>> = {
  plausible: 'plausible',
  tooLucky: 'too many winners',
  tooUnlucky: 'too few winners',
  tooFewTickets: 'too few tickets to tell',
}

const mostRows = 50

export function presentAudit(report: LuckReport): Presentation {
  const { pooled, groups, level } = report
  const remarkable = groups.filter(isImplausible)
  return {
    title: 'Luck of tickets',
    subtitle: `${count(pooled.winners)} winners of ${count(pooled.tickets)} tickets, at a level of ${chance(level)}`,
    headline: {
      value: findingWords[pooled.finding],
      label:
        remarkable.length === 0
          ? 'all together'
          : `all together; ${remarkable.length} of ${groups.length} by themselves are not`,
    },
    sections: [
      { heading: null, facts: [...sourceFacts(report), ...pooledFacts(report)] },
      ...(groups.length > 1 ? [groupSection(report)] : []),
      { heading: 'What this can tell, and what not', notes: notes(report) },
    ],
  }
}

function sourceFacts({ basis, source }: LuckReport): (readonly [string, string])[] {
  const rests: Readonly<Record<LuckReport['basis'], string>> = {
    tickets: 'tickets: every signature was checked and every win worked out',
    winners: 'winners that were worked out, and a number of tickets that was given',
    tallies: 'numbers that were given',
  }
  const facts: (readonly [string, string])[] = [['rests on', rests[basis]]]
  if (source === null) return facts
  const { read, invalid, repeated, passedOver, complete } = source
  const parts = [
    `${count(read)} read`,
    ...(passedOver > 0 ? [`${count(passedOver)} of others`] : []),
    ...(repeated > 0 ? [`${count(repeated)} repeated`] : []),
    ...(invalid > 0 ? [`${count(invalid)} not valid`] : []),
    ...(complete ? [] : ['then interrupted']),
  ]
  return [...facts, ['tickets', parts.join(', ')]]
}

function pooledFacts({ pooled }: LuckReport): (readonly [string, string])[] {
  const { tickets, winners, expected, deviation, unremarkable, finding } = pooled
  return [
    ['winners', `${count(winners)} of ${counted(Number(tickets), 'ticket')}`],
    ['expected', `${about(expected)}, with a standard deviation of ${about(deviation)}`],
    ['no surprise', `${count(unremarkable[0])} to ${count(unremarkable[1])}`],
    ['chance of as few', chance(pooled.asFew)],
    ['chance of as many', chance(pooled.asMany)],
    ['all together', findingWords[finding]],
  ]
}

function groupSection({ groups, by }: LuckReport): PresentedSection {
  const shown = mostTelling(groups, mostRows)
  const left = groups.length - shown.length
  return {
    heading: by === 'name' ? 'One by one' : `By ${by}`,
    table: {
      columns: [by, 'tickets', 'winners', 'expected', 'no surprise', 'chance', 'corrected', 'finding'],
      rows: shown.map(rowOf),
    },
    notes: [
      `"chance" is that of luck as far out, either way; "corrected" counts that ${groups.length} were tested (Holm)`,
      ...(left > 0 ? [`${count(left)} that are more likely are left out; --json has all`] : []),
    ],
  }
}

/** Of more than so many those that are least likely; the order of the source says more where all can be seen. */
export function mostTelling(groups: readonly GroupVerdict[], most: number): readonly GroupVerdict[] {
  return groups.length <= most ? groups : [...groups].sort((a, b) => a.corrected - b.corrected).slice(0, most)
}

function rowOf(group: GroupVerdict): string[] {
  const { name, tickets, winners, expected, unremarkable, twoSided, corrected, finding } = group
  return [
    sanitize(name),
    count(tickets),
    count(winners),
    about(expected),
    `${count(unremarkable[0])} to ${count(unremarkable[1])}`,
    chance(twoSided),
    chance(corrected),
    findingWords[finding],
  ]
}

const limits: Readonly<Record<AuditLimit, string>> = {
  notWho:
    'Luck that is hardly chance does not say who is to blame, or that anybody is: winners kept back, winners lost, and tickets counted wrongly all look like this.',
  notProofOfFairness:
    'Plausible luck is no proof of fairness: it only shows no fault as large as could be seen.',
  completeTallies: 'It holds if all tickets and all winners were counted, whoever had them.',
  independentTickets: 'It holds if no ticket was counted twice.',
}

function notes(report: LuckReport): string[] {
  const { cannotTell, level, basis, pooled } = report
  const told = cannotTell.filter((limit) => !(limit === 'independentTickets' && basis === 'tickets'))
  return [
    ...(basis === 'tickets'
      ? [
          'Each winner is a fact that anybody can repeat: keccak256 of signature and recipientRand is below winProb.',
        ]
      : []),
    ...told.map((limit) => limits[limit]),
    ...power(pooled),
    `Where all is well, at most ${chance(level)} of audits find fault with one of many, and as many with all together.`,
  ]
}

function power({ couldShowTooFew, couldShowTooMany }: LuckTest): string[] {
  if (couldShowTooFew && couldShowTooMany) return []
  if (!couldShowTooFew && !couldShowTooMany) {
    return ['With so few tickets no number of winners would have been remarkable.']
  }
  return couldShowTooFew
    ? ['Even if every ticket had won, that would not have been remarkable.']
    : ['With so few tickets even no winner at all would not have been remarkable.']
}
