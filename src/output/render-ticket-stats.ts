import type { Stats, TicketStats } from '../lib/store/ticket-stats.ts'
import type { Total } from '../lib/store/ticket-store.ts'
import { count, eth, percent } from './amounts.ts'
import { out } from './style.ts'
import { renderTable } from './table.ts'

/** A column, and whether it is shown when it is empty in every row. */
interface Column {
  readonly heading: string
  readonly always?: boolean
  readonly cell: (stats: Stats) => string
}

const empty = '-'

const columns: readonly Column[] = [
  { heading: 'pending', always: true, cell: ({ pending }) => total(pending) },
  { heading: 'deferred', cell: ({ deferred }) => total(deferred) },
  { heading: 'submitted', cell: ({ submitted }) => total(submitted) },
  { heading: 'redeemed', always: true, cell: ({ redeemed }) => total(redeemed) },
  { heading: 'paid', always: true, cell: ({ redeemed }) => amount(redeemed.paidWei) },
  { heading: 'gas', always: true, cell: ({ feeWei }) => amount(feeWei) },
  {
    heading: 'efficiency',
    cell: ({ efficiencyBasisPoints: points }) => (points === null ? empty : percent(points)),
  },
  { heading: 'used elsewhere', cell: ({ usedElsewhere }) => total(usedElsewhere) },
  { heading: 'expired', cell: ({ expired }) => total(expired) },
  { heading: 'rejected', cell: ({ rejected }) => total(rejected) },
  { heading: 'forgotten', cell: ({ forgotten }) => total(forgotten) },
]

export function renderTicketStats({ senders, total: all }: TicketStats): string {
  if (senders.length === 0) return 'no tickets'
  const shown = columns.filter(({ always, cell }) => always === true || cell(all) !== empty)
  const cells = (stats: Stats) => shown.map(({ cell }) => cell(stats))
  const rows = senders.map(({ sender, ...stats }) => [sender, ...cells(stats)])
  const last = ['total', ...cells(all)].map((cell) => out.bold(cell))
  return renderTable(['sender', ...shown.map(({ heading }) => heading)], [...rows, last])
}

function total({ tickets, faceValueWei }: Total): string {
  return tickets === 0 ? empty : `${count(tickets)} (${eth(faceValueWei)})`
}

function amount(wei: bigint): string {
  return wei === 0n ? empty : eth(wei)
}
