import { efficiencyBasisPoints } from '../lib/pm/efficiency.ts'
import type { Batch, LeftCode, LeftTicket, RedemptionPlan } from '../lib/redemption/plan/types.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { count, counted, eth, percent } from './amounts.ts'
import { out } from './style.ts'
import { renderRows, renderTable } from './table.ts'

const mostBatches = 20
const mostExamples = 10

/** Below this, gas eats so much that waiting for a lower price is worth a thought. */
const lowEfficiencyBasisPoints = 7500n

const titles: Readonly<Record<LeftCode, string>> = {
  expired: 'expired',
  senderUnlocked: 'the sender has unlocked',
  recipientInactive: 'the recipient is not in the active set',
  depositShort: 'the deposit is short',
  belowMinPayout: 'below the least payout',
  gasAbovePayout: 'gas costs more than they pay',
  gasShare: 'gas takes too much of the payout',
}

/** A plan to decide on: what is redeemed, for how much gas, and why the rest is left. */
export function renderPlan(plan: RedemptionPlan): string {
  const { batches, left } = plan
  if (batches.length + left.length === 0) return 'no tickets to redeem'
  return [
    ...(batches.length === 0 ? ['nothing to redeem now'] : [renderBatches(batches), summary(plan)]),
    ...(left.length === 0 ? [] : [renderLeft(left)]),
  ].join('\n\n')
}

function renderBatches(batches: readonly Batch[]): string {
  const hidden = batches.slice(mostBatches)
  const rows = batches.slice(0, mostBatches).map((batch, at) => row(count(at + 1), batch))
  if (hidden.length > 0) rows.push(row(`${count(hidden.length)} more`, sum(hidden)))
  if (batches.length > 1) rows.push(row('total', sum(batches)).map((cell) => out.bold(cell)))
  return renderTable(['batch', 'tickets', 'face value', 'payout', 'gas', 'gas cost', 'efficiency'], rows)
}

interface Sums extends Omit<Batch, 'tickets'> {
  readonly tickets: { readonly length: number }
}

function row(name: string, sums: Sums): string[] {
  return [
    name,
    count(sums.tickets.length),
    eth(sums.faceValueWei),
    sums.payoutWei < sums.faceValueWei ? out.yellow(eth(sums.payoutWei)) : eth(sums.payoutWei),
    count(sums.gas),
    eth(sums.gasCostWei),
    efficiency(sums.efficiencyBasisPoints),
  ]
}

function sum(batches: readonly Batch[]): Sums {
  const total = { tickets: { length: 0 }, faceValueWei: 0n, payoutWei: 0n, gas: 0n, gasCostWei: 0n }
  for (const batch of batches) {
    total.tickets.length += batch.tickets.length
    total.faceValueWei += batch.faceValueWei
    total.payoutWei += batch.payoutWei
    total.gas += batch.gas
    total.gasCostWei += batch.gasCostWei
  }
  return {
    ...total,
    efficiencyBasisPoints: efficiencyBasisPoints({ ...total, receivedWei: total.payoutWei }) ?? 0n,
  }
}

function efficiency(basisPoints: bigint): string {
  const text = percent(basisPoints)
  return basisPoints < lowEfficiencyBasisPoints ? out.yellow(`${text} (low)`) : text
}

function summary({ batches, payoutWei, gasCostWei }: RedemptionPlan): string {
  const tickets = batches.reduce((all, batch) => all + batch.tickets.length, 0)
  const where = counted(batches.length, 'transaction')
  return `redeems ${counted(tickets, 'ticket')} in ${where}: ${eth(payoutWei)} for about ${eth(gasCostWei)} of gas`
}

function renderLeft(left: readonly LeftTicket[]): string {
  const groups = new Map<LeftCode, LeftTicket[]>()
  for (const ticket of left) {
    const group = groups.get(ticket.code)
    if (group === undefined) groups.set(ticket.code, [ticket])
    else group.push(ticket)
  }
  const sections = [...groups]
    .map(([code, tickets]) => ({
      code,
      tickets: tickets.sort((a, b) => byAmount(b.faceValueWei, a.faceValueWei)),
      faceValueWei: tickets.reduce((all, { faceValueWei }) => all + faceValueWei, 0n),
    }))
    .sort((a, b) => byAmount(b.faceValueWei, a.faceValueWei))
    .map(({ code, tickets, faceValueWei }) =>
      [
        `${out.yellow(titles[code])}: ${counted(tickets.length, 'ticket')}, ${eth(faceValueWei)}`,
        ...examples(tickets),
      ].join('\n'),
    )
  return [`left for now: ${counted(left.length, 'ticket')}`, ...sections].join('\n')
}

function examples(tickets: readonly LeftTicket[]): string[] {
  const rows = tickets
    .slice(0, mostExamples)
    .map(({ hash, faceValueWei, reason }) => [`  ${hash.slice(0, 14)}`, eth(faceValueWei), sanitize(reason)])
  const more = tickets.length - mostExamples
  return [renderRows(rows), ...(more > 0 ? [`  and ${count(more)} more`] : [])]
}

function byAmount(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
