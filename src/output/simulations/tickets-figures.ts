import type { TicketsReport } from '../../lib/replay/play-tickets.ts'
import { amountAxis, countAxis } from '../figures/axes.ts'
import type { Figure } from '../figures/figure.ts'

export function ticketsFigures(report: TicketsReport): Figure[] {
  const { moments, senders, depositWei, reserveWei } = report
  const all = BigInt(senders.length)
  const begin = { block: 0, depositWei: all * depositWei, reserveWei: all * reserveWei, paidWei: 0n }
  const points = [begin, ...moments]
  const series = [
    { name: 'deposits', values: points.map((point) => point.depositWei) },
    { name: 'reserves', values: points.map((point) => point.reserveWei) },
    { name: 'paid to orchestrators', values: points.map((point) => point.paidWei) },
  ]
  return [
    {
      kind: 'lines',
      title: 'Where the money is',
      caption:
        'Deposits and reserves of all gateways together, and what orchestrators have been paid from them: the sum stays the same.',
      x: countAxis('L1 blocks'),
      y: amountAxis(
        'amount',
        series.flatMap(({ values }) => values),
      ),
      at: points.map(({ block }) => BigInt(block)),
      series,
    },
  ]
}
