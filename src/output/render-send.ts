import type { Preview } from '../lib/tx/preview.ts'
import { reportPreview } from '../lib/tx/send.ts'
import type { HoldingsChange, PreviewReport, SendReport } from '../lib/tx/send.ts'
import { count, eth, gwei } from './amounts.ts'
import { toJson } from './json.ts'
import { out } from './style.ts'
import { renderFacts } from './table.ts'

/** How an account's holdings and the events about them are shown. */
export interface HoldingsView<Holdings, Event> {
  /** The same names in the same order for any holdings. */
  readonly facts: (holdings: Holdings) => readonly (readonly [name: string, value: string])[]
  readonly line: (holdings: Holdings) => string
  readonly event: (event: Event) => string
}

/** What a person must have seen before anything is sent. */
export function renderPreview<Holdings>(
  preview: Preview<HoldingsChange<Holdings>>,
  view: HoldingsView<Holdings, never>,
  account: string,
  network: string,
): string {
  const { before, after } = preview.effect
  return renderFacts([
    ...previewFacts(reportPreview(preview), network, account),
    ...changes(before, after, view),
  ])
}

export function renderSendReport<Holdings, Event>(
  report: SendReport<Holdings, Event>,
  view: HoldingsView<Holdings, Event>,
): string {
  switch (report.outcome) {
    case 'nothingToDo':
      return `nothing to do: ${report.after === null ? 'unknown' : view.line(report.after)}`
    case 'unsigned':
      return toJson(report.unsigned)
    case 'dryRun':
      return renderDryRun(report, view)
    case 'sent':
    case 'sentByEarlierRun':
      return renderSent(report, view)
  }
}

function renderDryRun<Holdings>(
  { preview, before, after, network, from }: SendReport<Holdings, unknown>,
  view: HoldingsView<Holdings, never>,
): string {
  const facts = preview === null ? [] : previewFacts(preview, network, from)
  return `${renderFacts([...facts, ...changes(before, after, view)])}\n${out.bold('dry run: nothing was sent')}`
}

function previewFacts(preview: PreviewReport, network: string, account: string): [string, string][] {
  return [
    ['action', preview.summary],
    ['network', network],
    ['account', account],
    ['gas', `${count(preview.gasEstimate)}, about ${eth(preview.expectedFeeWei)}`],
    ['costs at most', `${eth(preview.maxCostWei)} (gas at no more than ${gwei(preview.maxFeePerGasWei)})`],
  ]
}

function changes<Holdings>(
  before: Holdings | null,
  after: Holdings | null,
  view: HoldingsView<Holdings, never>,
): [string, string][] {
  if (before === null || after === null) return []
  const now = view.facts(after)
  return view.facts(before).map(([name, from], at) => {
    const to = now[at]?.[1] ?? from
    return [name, from === to ? from : `${from} -> ${to}`]
  })
}

function renderSent<Holdings, Event>(
  { operation, outcome, transaction, events, after }: SendReport<Holdings, Event>,
  view: HoldingsView<Holdings, Event>,
): string {
  const by = outcome === 'sentByEarlierRun' ? ' (an earlier run had sent it; nothing was sent now)' : ''
  const lines: [string, string][] = events.map((event) => ['event', view.event(event)])
  if (transaction !== null) {
    lines.push(
      ['transaction', transaction.hash],
      [
        'block',
        `${count(transaction.blockNumber)}, ${count(transaction.gasUsed)} gas, fee ${eth(transaction.feeWei)}`,
      ],
    )
  }
  if (after !== null) lines.push(['now', view.line(after)])
  return `${out.green('done:')} ${operation}${by}\n${renderFacts(lines)}`
}

/** One event of a contract; arguments named as wei are shown in ETH. */
export function renderEvent(
  name: string,
  args: Readonly<Record<string, bigint | string>>,
  weiNames: readonly string[],
): string {
  const parts = Object.entries(args).map(([key, value]) =>
    typeof value === 'bigint'
      ? `${key} ${weiNames.includes(key) ? eth(value) : value.toString()}`
      : `${key} ${value}`,
  )
  return `${name}: ${parts.join(', ')}`
}
