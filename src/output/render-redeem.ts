import type { RedemptionPlan } from '../lib/redemption/plan/types.ts'
import type { RedemptionPreview } from '../lib/redemption/redeem.ts'
import type {
  EndedTicket,
  RedeemResult,
  StayingTickets,
  SubmittedBatch,
} from '../lib/redemption/redeem-result.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import type { ImportResult } from '../lib/tickets/import-source.ts'
import { count, counted, eth, gwei, percent } from './amounts.ts'
import { renderPlan } from './render-plan.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

const mostRows = 20

/** What a person must have seen before anything is sent. */
export function renderRedemptionPreview(preview: RedemptionPreview, label: string): string {
  const { plan, cost, staying, network, account, round } = preview
  const payer = label === account ? account : `${label} (${account})`
  return [
    renderPlan(plan),
    ...renderStaying(notOfPlan(staying, plan)),
    renderFacts([
      ['network', `${network}, round ${round.toString()}`],
      ['gas account', `${payer}, has ${eth(cost.balanceWei ?? 0n)}`],
      ['gas', `about ${eth(cost.expectedFeeWei)}`],
      ['costs at most', `${eth(cost.maxCostWei)} (gas at no more than ${gwei(cost.maxFeePerGasWei)})`],
    ]),
  ].join('\n\n')
}

export function renderRedeemResult(result: RedeemResult): string {
  const { plan, imported, stopped, ended, staying, batches, missingGasWei } = result
  const what =
    plan === null
      ? [...renderBatches(batches), ...renderStaying(staying)]
      : [renderPlan(plan), ...renderStaying(notOfPlan(staying, plan))]
  return [
    ...(imported === null ? [] : [renderTakenIn(imported)]),
    ...renderEnded(ended),
    ...what,
    ...(missingGasWei === 0n
      ? []
      : [out.yellow(`the gas account lacks ${eth(missingGasWei)} for all that pays`)]),
    renderVerdict(result),
    ...(stopped === null ? [] : [`${out.red('stopped:')} ${sanitize(stopped.message)}`]),
  ].join('\n\n')
}

/** One line on what was taken in. */
export function renderTakenIn({ source, new: added, known, losing, invalid, rejects }: ImportResult): string {
  const parts = [
    `${count(added)} new`,
    `${count(known)} known`,
    ...(losing === 0 ? [] : [`${count(losing)} losing`]),
    ...(invalid === 0 ? [] : [`${count(invalid)} invalid`]),
    ...(rejects === null ? [] : [`see ${sanitize(rejects)}`]),
  ]
  return `tickets of ${source === '-' ? 'standard input' : sanitize(source)}: ${parts.join(', ')}`
}

function renderBatches(batches: readonly SubmittedBatch[]): string[] {
  if (batches.length === 0) return []
  const shown = batches.slice(-mostRows)
  const rows = shown.map((batch) => [
    batch.transactionHash,
    redeemedOf(batch),
    eth(batch.faceValueWei),
    batch.paidWei < batch.faceValueWei ? out.red(eth(batch.paidWei)) : eth(batch.paidWei),
    count(batch.gasUsed),
    eth(batch.feeWei),
    batch.efficiencyBasisPoints === null ? '-' : percent(batch.efficiencyBasisPoints),
    describe(batch),
  ])
  const headings = ['transaction', 'tickets', 'face value', 'paid', 'gas', 'fee', 'efficiency', '']
  const hidden = batches.length - shown.length
  return [
    ...(hidden > 0 ? [`${count(hidden)} earlier transactions are not shown`] : []),
    renderTable(headings, rows),
  ]
}

function redeemedOf({ tickets }: SubmittedBatch): string {
  const redeemed = tickets.filter(({ outcome }) => outcome === 'redeemed').length
  return redeemed === tickets.length ? count(redeemed) : `${count(redeemed)} of ${count(tickets.length)}`
}

function describe({ outcome, byEarlierRun }: SubmittedBatch): string {
  const state = outcome === 'final' ? out.green('final') : out.red('reverted')
  return byEarlierRun ? `${state}, sent by an earlier run` : state
}

/** Tickets that came to an end without a transaction of this run. */
function renderEnded(ended: readonly EndedTicket[]): string[] {
  if (ended.length === 0) return []
  const rows = ended
    .slice(0, mostRows)
    .map(({ hash, outcome, faceValueWei, reason }) => [
      hash.slice(0, 14),
      titles[outcome],
      eth(faceValueWei),
      sanitize(reason ?? ''),
    ])
  const more = ended.length - mostRows
  const table = renderTable(['ended', '', 'face value', ''], rows)
  return [more > 0 ? `${table}\nand ${count(more)} more` : table]
}

const titles: Readonly<Record<EndedTicket['outcome'], string>> = {
  final: 'redeemed by us before',
  usedElsewhere: 'redeemed by another',
  expired: 'expired',
  invalid: 'invalid',
}

function renderStaying(staying: readonly StayingTickets[]): string[] {
  if (staying.length === 0) return []
  const rows = staying.map(({ tickets, faceValueWei, reason, example }) => [
    count(tickets),
    eth(faceValueWei),
    `${sanitize(reason)}${tickets > 1 ? ` (${example.slice(0, 14)}, the largest)` : ''}`,
  ])
  return [renderTable(['left for now', 'face value', ''], rows)]
}

/** The plan shows its own reasons itself. */
function notOfPlan(staying: readonly StayingTickets[], { left }: RedemptionPlan): StayingTickets[] {
  const shown = new Set<string>(left.map(({ code }) => code))
  return staying.filter(({ code }) => !shown.has(code))
}

function renderVerdict({ outcome, totals, staying }: RedeemResult): string {
  const left = staying.reduce((all, { tickets }) => all + tickets, 0)
  switch (outcome) {
    case 'dryRun':
      return out.bold('dry run: nothing was sent')
    case 'nothingToDo':
      return left === 0 ? 'nothing to redeem' : `nothing to redeem now; ${counted(left, 'ticket')} left`
    case 'redeemed':
    case 'stopped': {
      const { redeemedTickets, shortPaidTickets, paidWei, feeWei, netWei } = totals
      const short = shortPaidTickets === 0 ? '' : out.red(`, ${count(shortPaidTickets)} paid short`)
      return `redeemed ${counted(redeemedTickets, 'ticket')}${short}: ${eth(paidWei)} paid, ${eth(feeWei)} of gas, ${eth(netWei)} net`
    }
  }
}
