import type { OrchestratorReport, SenderReport } from '../../lib/protocol/ledger.ts'
import type { TicketsReport } from '../../lib/replay/play-tickets.ts'
import type { Comparison } from '../../lib/replay/replay.ts'
import { count, counted, eth, ethOrGwei, gwei, oneIn } from '../amounts.ts'
import type { PresentedSection, Presentation } from './presentation.ts'
import { about, aboutEth } from './words.ts'

const mostRows = 30

export function presentTickets(report: TicketsReport): Presentation {
  const { sent, winners, paidWei, senders, orchestrators, devnet, seed } = report
  return {
    title: 'The protocol, ticket by ticket',
    subtitle: `${counted(senders.length, 'gateway')}, ${counted(orchestrators.length, 'orchestrator')}, seed ${seed}`,
    headline: { value: eth(paidWei), label: `paid by ${count(winners)} winners of ${count(sent)} tickets` },
    sections: [
      { heading: null, facts: facts(report), notes: notes(report) },
      senderSection(senders),
      orchestratorSection(orchestrators),
      ...(devnet === null ? [] : [devnetSection(devnet)]),
    ],
  }
}

function facts(report: TicketsReport): (readonly [string, string])[] {
  const { sent, asked, wanted, winners, sessions, refused, senders, orchestrators } = report
  const evWei = senders.reduce((sum, sender) => sum + sender.evWei, 0n)
  const expected = Number(evWei) / Number(report.faceValueWei)
  const gasWei = orchestrators.reduce((sum, { gasCostWei }) => sum + gasCostWei, 0n)
  const reasons = Object.entries(refused).map(([reason, number]) => `${count(number)} ${reasonWords(reason)}`)
  return [
    ['seed', String(report.seed)],
    [
      'tickets of',
      `${eth(report.faceValueWei)}, ${oneIn(report.winProb)} wins, worth ${ethOrGwei(report.ticketEvWei)} each`,
    ],
    ['each gateway', `${eth(report.depositWei)} of deposit, ${eth(report.reserveWei)} of reserve`],
    [
      'sent',
      `${count(sent)} of ${counted(wanted, 'ticket')}${wanted === asked ? '' : `, then interrupted (${count(asked)} were asked for)`}, with ${counted(sessions, 'set')} of parameters`,
    ],
    ...(reasons.length === 0 ? [] : ([['not sent', reasons.join(', ')]] as const)),
    ['won', `${count(winners)}, ${about(expected)} expected`],
    ['paid', `${eth(report.paidWei)}: what gateways lost and what orchestrators got, to the wei`],
    ['gas', `${aboutEth(gasWei)} at ${gwei(report.gasPriceWei)}`],
    ['digest', report.digest],
  ]
}

const reasonText: Readonly<Record<string, string>> = {
  'insufficient sender reserve': 'for want of reserve',
  deposit: 'without a deposit',
  reserve: 'without a reserve',
  depositMultiplier: 'as the deposit was below a face value',
}

function reasonWords(reason: string): string {
  return reasonText[reason] ?? `for "${reason}"`
}

function notes({ refusedOnChain, orchestrators }: TicketsReport): string[] {
  const shortWei = orchestrators.reduce((sum, one) => sum + one.shortWei, 0n)
  return [
    ...(shortWei > 0n
      ? [
          `races cost ${eth(shortWei)}: who came second was paid less than the face value, and the ticket is used up`,
        ]
      : []),
    ...(refusedOnChain > 0
      ? [`${counted(refusedOnChain, 'ticket')} of a transaction came too late and may be tried again`]
      : []),
  ]
}

function senderSection(senders: readonly SenderReport[]): PresentedSection {
  return {
    heading: 'Gateways',
    table: {
      columns: ['gateway', 'tickets', 'winners', 'worth', 'paid', 'deposit left', 'reserve left'],
      rows: senders
        .slice(0, mostRows)
        .map(({ address, tickets, winners, evWei, paidWei, depositWei, reserveWei }) => [
          ...[address, count(tickets), count(winners), aboutEth(evWei)],
          ...[eth(paidWei), eth(depositWei), eth(reserveWei)],
        ]),
    },
    notes: leftOut(senders.length),
  }
}

function orchestratorSection(orchestrators: readonly OrchestratorReport[]): PresentedSection {
  return {
    heading: 'Orchestrators',
    table: {
      columns: ['orchestrator', 'tickets', 'winners', 'redeemed', 'expired', 'waiting', 'paid', 'gas', 'net'],
      rows: orchestrators
        .slice(0, mostRows)
        .map(({ address, tickets, winners, redeemed, expired, waiting, paidWei, gasCostWei, netWei }) => [
          ...[address, count(tickets), count(winners), count(redeemed), count(expired), count(waiting)],
          ...[eth(paidWei), aboutEth(gasCostWei), aboutEth(netWei)],
        ]),
    },
    notes: leftOut(orchestrators.length),
  }
}

function leftOut(all: number): string[] {
  return all > mostRows ? [`${count(all - mostRows)} more are left out; --json has all`] : []
}

const mostDifferences = 10

function devnetSection(comparison: Comparison): PresentedSection {
  const { compared, differences, transactions, reverted, gasUsed, complete } = comparison
  const verdict =
    differences.length === 0
      ? `${counted(compared, 'amount')} compared, all the same to the wei`
      : `${count(differences.length)} of ${counted(compared, 'amount')} differ`
  return {
    heading: 'With the real contract, on a devnet',
    facts: [
      ['transactions', `${count(transactions)}${reverted > 0 ? `, ${count(reverted)} reverted` : ''}`],
      ['gas used', count(gasUsed)],
      ['compared', complete ? verdict : `${verdict}; then interrupted`],
    ],
    notes: differences
      .slice(0, mostDifferences)
      .map(
        ({ what, of, playedWei, chainWei }) => `${what} ${of}: played ${playedWei}, on the chain ${chainWei}`,
      ),
  }
}
