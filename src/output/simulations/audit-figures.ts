import type { LuckReport } from '../../lib/luck/audit-luck.ts'
import { isImplausible } from '../../lib/simulation/audit.ts'
import type { LuckFinding, LuckTest } from '../../lib/simulation/audit.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { countAxis } from '../figures/axes.ts'
import type { Figure, RangeChart } from '../figures/figure.ts'
import { findingWords, mostTelling } from './present-audit.ts'
import { chance } from './words.ts'

const mostRows = 30

export function auditFigures({ groups, pooled, level }: LuckReport): Figure[] {
  const rows = [
    ...(groups.length > 1 ? mostTelling(groups, mostRows).map((group) => rowOf(group.name, group)) : []),
    rowOf('all together', pooled),
  ]
  return [
    {
      kind: 'ranges',
      title: 'Winners, and how many would have been no surprise',
      caption: `A line spans the numbers of winners that chance gives in all but ${chance(level)} of cases, around the expected one; the mark is what there was.`,
      x: countAxis('winners'),
      rows,
    },
  ]
}

function rowOf(name: string, test: LuckTest & { readonly finding: LuckFinding }): RangeChart['rows'][number] {
  const [low, high] = test.unremarkable
  return {
    ...{ name: sanitize(name), low, high, expected: test.expected, seen: test.winners },
    isRemarkable: isImplausible(test),
    verdict: findingWords[test.finding],
  }
}
