import type { BrokerEvent } from '../lib/sender/broker-events.ts'
import type { Holdings } from '../lib/sender/operations/sender-operation.ts'
import type { PreviewReport, SendResult, SenderPreview } from '../lib/sender/send.ts'
import { reportPreview } from '../lib/sender/send.ts'
import { count, eth, gwei } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts } from './table.ts'
import { toJson } from './json.ts'

/** What a person must have seen before anything is sent. */
export function renderPreview(preview: SenderPreview, account: string, network: string): string {
  const { before, after } = preview.effect
  return renderFacts([...previewFacts(reportPreview(preview), network, account), ...changes(before, after)])
}

export function renderSendResult(result: SendResult): string {
  switch (result.outcome) {
    case 'nothingToDo':
      return `nothing to do: ${holdings(result.after)}`
    case 'unsigned':
      return toJson(result.unsigned)
    case 'dryRun':
      return renderDryRun(result)
    case 'sent':
    case 'sentByEarlierRun':
      return renderSent(result)
  }
}

function renderDryRun({ preview, before, after, network, from }: SendResult): string {
  const facts = preview === null ? [] : previewFacts(preview, network, from)
  return `${renderFacts([...facts, ...changes(before, after)])}\n${out.bold('dry run: nothing was sent')}`
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

function changes(before: Holdings | null, after: Holdings | null): [string, string][] {
  if (before === null || after === null) return []
  const change = (from: string, to: string) => (from === to ? from : `${from} -> ${to}`)
  return [
    ['deposit', change(eth(before.depositWei), eth(after.depositWei))],
    ['reserve', change(eth(before.reserveWei), eth(after.reserveWei))],
    ['state', change(before.phase, after.phase)],
  ]
}

function renderSent({ operation, outcome, transaction, events, after }: SendResult): string {
  const by = outcome === 'sentByEarlierRun' ? ' (an earlier run had sent it; nothing was sent now)' : ''
  const lines: [string, string][] = events.map((event) => ['event', renderEvent(event)])
  if (transaction !== null) {
    lines.push(
      ['transaction', transaction.hash],
      [
        'block',
        `${count(transaction.blockNumber)}, ${count(transaction.gasUsed)} gas, fee ${eth(transaction.feeWei)}`,
      ],
    )
  }
  if (after !== null) lines.push(['now', holdings(after)])
  return `${out.green('done:')} ${operation}${by}\n${renderFacts(lines)}`
}

function renderEvent({ name, args }: BrokerEvent): string {
  const wei = new Set(['amount', 'deposit', 'reserve'])
  const parts = Object.entries(args).map(([key, value]) =>
    typeof value === 'bigint' ? `${key} ${wei.has(key) ? eth(value) : value.toString()}` : `${key} ${value}`,
  )
  return `${name}: ${parts.join(', ')}`
}

function holdings(held: Holdings | null): string {
  return held === null
    ? 'unknown'
    : `deposit ${eth(held.depositWei)}, reserve ${eth(held.reserveWei)}, ${held.phase}`
}
