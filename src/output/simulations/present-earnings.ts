import type { TicketEvReport } from '../../lib/forecast/advice.ts'
import type { EarningsForecast } from '../../lib/forecast/forecast-earnings.ts'
import type { SensitivityRow } from '../../lib/forecast/sensitivity-tables.ts'
import type { TicketEvReason } from '../../lib/simulation/advise.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { count, eth, ethOrGwei, gwei } from '../amounts.ts'
import { workloadFacts, workloadSections } from './present-workload.ts'
import type { PresentedSection, Presentation } from './presentation.ts'
import { about, aboutEth, aboutEthRange, chance, hoursText, oneInAbout, overhead, share } from './words.ts'

export function presentEarnings(forecast: EarningsForecast): Presentation {
  const { sensitivity, hours, net, workload } = forecast
  const isPaymentKnown = forecast.advice.ticketEv.length > 0
  return {
    title: `Earnings of ${hoursText(hours)}`,
    subtitle: `${aboutEth(workload.spendPerHourWei)} an hour, with gas at ${gwei(forecast.gasPriceWei)}`,
    headline: { value: aboutEth(net.meanWei), label: `net in ${hoursText(hours)}, on average` },
    sections: [
      { heading: null, facts: facts(forecast), notes: worthless(forecast) },
      ...workloadSections(forecast.workload),
      adviceSection(forecast),
      sensitivitySection('By ticket EV', sensitivity.ticketEv, [
        ['ticket EV', (row) => ethOrGwei(row.ticketEvWei)],
        ...(isPaymentKnown ? [['tickets a payment', ticketsText] as const] : []),
        faceValueColumn,
      ]),
      sensitivitySection('By face value', sensitivity.faceValue, [faceValueColumn]),
      sensitivitySection(
        'By gas price, with the face value that orchestrators make of it',
        sensitivity.gasPrice,
        [['gas price', (row) => gwei(row.gasPriceWei)], faceValueColumn],
      ),
      sensitivitySection('By winners in one transaction', sensitivity.batchSize, [
        ['batch', (row) => count(row.batchSize)],
      ]),
    ],
  }
}

function facts(forecast: EarningsForecast): (readonly [string, string])[] {
  const { network, workload, hours, income, net, winners, firstWin, batchSize } = forecast
  return [
    ...(network === null ? [] : ([['network', network]] as const)),
    ...workloadFacts(workload),
    [
      `in ${hoursText(hours)}`,
      `${aboutEth(income.meanWei)} on average, a deviation of ${aboutEth(income.deviationWei)}, ${about(winners.mean)} winners`,
    ],
    [
      'redeeming',
      `${aboutEth(forecast.redemptionInBatchWei)} a ticket, ${count(batchSize)} in a transaction (alone ${aboutEth(forecast.redemptionAloneWei)}) at ${gwei(forecast.gasPriceWei)}: ${share(forecast.costShare)} of the income`,
    ],
    ['net', `${aboutEth(net.meanWei)} on average, a deviation of ${aboutEth(net.deviationWei)}`],
    ...net.quantiles.map(
      ({ probability, wei }) => [`${chance(probability)} earn at most`, aboutEthRange(wei)] as const,
    ),
    ['a dry week', chance(forecast.dryWeekProbability)],
    [
      'first win',
      `after ${hoursText(firstWin.meanHours)} on average${firstWin.quantiles
        .map(({ probability, hours: by }) => `, with ${chance(probability)} within ${hoursText(by)}`)
        .join('')}`,
    ],
  ]
}

function worthless({ notWorthRedeemingWei }: EarningsForecast): string[] {
  return notWorthRedeemingWei.map((wei) => `winners of ${eth(wei)} cost more to redeem than they pay`)
}

const reasons: Readonly<Record<TicketEvReason, string>> = {
  threeTickets: 'with less a payment is more than three tickets',
  oneTicket: 'with more a payment is less than one ticket, and waits for the next',
  maxTicketEv: "with more gateways refuse: it is above go-livepeer's -maxTicketEV",
  maxTotalEv: "with more gateways refuse: a payment is above go-livepeer's -maxTotalEV",
}

function adviceSection({ advice, gasPriceWei }: EarningsForecast): PresentedSection {
  const { faceValueWei, by, reserveWei, oneIn } = advice.faceValue
  const why =
    by === 'overhead'
      ? `redeeming one at ${gwei(gasPriceWei)} is 1 % of it, as go-livepeer counts it`
      : 'gas is so cheap that only the ticket EV bounds it'
  return {
    heading: 'What to set',
    facts: [
      ...advice.ticketEv.flatMap(ticketEvFacts),
      ['face value', `${eth(faceValueWei)} or more: ${why}`],
      ['', `${oneInAbout(oneIn)} wins then, and a sender needs a reserve of ${eth(reserveWei)}`],
    ],
    ...(advice.ticketEv.length === 0
      ? { notes: ['which ticket EV to set depends on what one stream pays: --streams and --price'] }
      : {}),
  }
}

function ticketEvFacts(each: TicketEvReport): (readonly [string, string])[] {
  const { name, suggestedWei, tickets, leastWei, mostWei } = each
  const payment = `a payment of ${aboutEth(each.paymentWei)}`
  const now = `now ${ethOrGwei(each.presentWei)} makes ${count(each.presentTickets)} tickets of it`
  const subject = name === null ? 'ticket EV' : `ticket EV of ${sanitize(name)}`
  if (suggestedWei === null || tickets === null) {
    return [[subject, `none makes ${payment} 1 to 3 tickets: ${reasons[each.mostBy]}; ${now}`]]
  }
  return [
    [subject, `${ethOrGwei(suggestedWei)}: ${payment} is ${count(tickets)} tickets then; ${now}`],
    ['not below', `${aboutEth(leastWei)}: ${reasons[each.leastBy]}`],
    ['not above', `${aboutEth(mostWei)}: ${reasons[each.mostBy]}`],
  ]
}

type Column = readonly [heading: string, cell: (row: SensitivityRow) => string]

const faceValueColumn: Column = ['face value', (row) => eth(row.faceValueWei)]

function ticketsText({ outcome }: SensitivityRow): string {
  const tickets = outcome?.ticketsPerPayment ?? null
  return tickets === null ? '-' : count(tickets)
}

function sensitivitySection(
  heading: string,
  rows: readonly SensitivityRow[],
  columns: readonly Column[],
): PresentedSection {
  return {
    heading,
    table: {
      columns: [
        ...columns.map(([name]) => name),
        ...['adds to price', 'winners', 'net', 'deviation', 'gas', 'dry week'],
      ],
      rows: rows.map((row) => [...columns.map(([, cell]) => cell(row)), ...outcomeCells(row)]),
    },
  }
}

function outcomeCells({ outcome }: SensitivityRow): string[] {
  if (outcome === null) return ['refused', '-', '-', '-', '-', '-']
  return [
    overhead(outcome.overheadBasisPoints),
    about(outcome.winners),
    aboutEth(outcome.netWei),
    outcome.variation === null ? '-' : share(outcome.variation),
    share(outcome.costShare),
    chance(outcome.dryWeekProbability),
  ]
}
