import { efficiencyBasisPoints } from '../pm/efficiency.ts'
import type { SenderTotals, TicketStore, Total } from './ticket-store.ts'

export interface TicketStats {
  /** Where the store is. */
  readonly store: string
  readonly senders: readonly SenderStats[]
  readonly total: Stats
}

export interface SenderStats extends Stats {
  readonly sender: SenderTotals['sender']
}

export interface Stats extends Omit<SenderTotals, 'sender'> {
  /** What the redeemed tickets paid less all fees, over their face value; null when none is redeemed. */
  readonly efficiencyBasisPoints: bigint | null
}

/** What became of all tickets, by sender and in total; the largest pending face value first. */
export async function ticketStats(store: TicketStore): Promise<TicketStats> {
  const totals = await store.totals()
  return {
    store: store.location,
    senders: totals.map(({ sender, ...of }) => ({ sender, ...withEfficiency(of) })),
    total: withEfficiency(totals.reduce<Omit<SenderTotals, 'sender'>>(addUp, nothing)),
  }
}

const none: Total = { tickets: 0, faceValueWei: 0n }
const nothing: Omit<SenderTotals, 'sender'> = {
  pending: none,
  deferred: none,
  submitted: none,
  redeemed: { ...none, paidWei: 0n },
  usedElsewhere: none,
  expired: none,
  rejected: none,
  forgotten: none,
  feeWei: 0n,
}

function addUp(
  a: Omit<SenderTotals, 'sender'>,
  b: Omit<SenderTotals, 'sender'>,
): Omit<SenderTotals, 'sender'> {
  return {
    pending: add(a.pending, b.pending),
    deferred: add(a.deferred, b.deferred),
    submitted: add(a.submitted, b.submitted),
    redeemed: { ...add(a.redeemed, b.redeemed), paidWei: a.redeemed.paidWei + b.redeemed.paidWei },
    usedElsewhere: add(a.usedElsewhere, b.usedElsewhere),
    expired: add(a.expired, b.expired),
    rejected: add(a.rejected, b.rejected),
    forgotten: add(a.forgotten, b.forgotten),
    feeWei: a.feeWei + b.feeWei,
  }
}

function add(a: Total, b: Total): Total {
  return { tickets: a.tickets + b.tickets, faceValueWei: a.faceValueWei + b.faceValueWei }
}

function withEfficiency(of: Omit<SenderTotals, 'sender'>): Stats {
  const { redeemed, feeWei } = of
  const efficiency = efficiencyBasisPoints({
    receivedWei: redeemed.paidWei,
    gasCostWei: feeWei,
    faceValueWei: redeemed.faceValueWei,
  })
  return { ...of, efficiencyBasisPoints: efficiency ?? null }
}
