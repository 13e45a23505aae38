import type { WorkloadReport } from '../../lib/forecast/describe.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { eth, ethOrGwei } from '../amounts.ts'
import type { PresentedSection } from './presentation.ts'
import { about, aboutEth, oneInAbout } from './words.ts'

/** What is paid, in the first lines. */
export function workloadFacts({ classes, spendPerHourWei }: WorkloadReport): (readonly [string, string])[] {
  const [only] = classes
  const spend = ['spend', `${aboutEth(spendPerHourWei)} an hour`] as const
  if (only === undefined || classes.length > 1) return [spend]
  return [
    spend,
    [
      'tickets',
      `${eth(only.faceValueWei)} each for ${oneInAbout(only.oneIn)}, an EV of ${ethOrGwei(only.ticketEvWei)}`,
    ],
  ]
}

/** Several classes of streams one by one. */
export function workloadSections({ classes }: WorkloadReport): PresentedSection[] {
  if (classes.length < 2) return []
  const rows = classes.map((each, index) => [
    each.name === null ? String(index + 1) : sanitize(each.name),
    aboutEth(each.spendPerHourWei),
    ethOrGwei(each.ticketEvWei),
    eth(each.faceValueWei),
    oneInAbout(each.oneIn),
    about(each.ticketsPerHour),
  ])
  const columns = ['', 'spend an hour', 'ticket EV', 'face value', 'wins', 'tickets an hour']
  return [{ heading: 'Classes of streams', table: { columns, rows } }]
}
