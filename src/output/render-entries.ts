import type { EntryReport } from '../lib/tx/describe-entry.ts'
import type { EntryState } from '../lib/tx/journal-entry.ts'
import { count, eth, gwei } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderEntries(entries: readonly EntryReport[]): string {
  if (entries.length === 0) return 'nothing was sent yet'
  const rows = entries.map((entry) => [
    signedAt(entry),
    entry.operation,
    eth(entry.valueWei),
    colour(entry.state),
    entry.network,
    entry.hash,
  ])
  return renderTable(['signed', 'operation', 'value', 'state', 'network', 'transaction'], rows)
}

export function renderEntry(entry: EntryReport): string {
  const { mined } = entry
  return renderFacts([
    ['transaction', entry.hash],
    ['operation', entry.operation],
    ['state', colour(entry.state)],
    ['network', entry.network],
    ['from', `${entry.from}, nonce ${String(entry.nonce)}`],
    ['to', entry.to],
    ['value', eth(entry.valueWei)],
    ['data', entry.data],
    ...entry.attempts.map(({ hash, signedAt: at, maxFeePerGasWei }): [string, string] => [
      'attempt',
      `${hash}, signed ${time(at)}, at most ${gwei(maxFeePerGasWei)} a gas`,
    ]),
    ...(mined === null
      ? []
      : ([
          ['block', `${count(mined.blockNumber)}, ${count(mined.gasUsed)} gas, fee ${eth(mined.feeWei)}`],
        ] as [string, string][])),
  ])
}

function colour(state: EntryState): string {
  switch (state) {
    case 'final':
      return out.green(state)
    case 'pending':
    case 'mined':
      return out.yellow(state)
    default:
      return out.red(state)
  }
}

function signedAt({ attempts }: EntryReport): string {
  return time(attempts[0]?.signedAt ?? '')
}

function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ')
}
