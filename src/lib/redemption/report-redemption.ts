import type { Hex } from 'viem'

import { efficiencyBasisPoints } from '../pm/efficiency.ts'
import type { Outcome, StoredTicket } from '../store/ticket-store.ts'
import type { Receipt } from '../tx/receipt.ts'
import type {
  RedeemResult,
  RedeemTotals,
  StayCode,
  StayingTickets,
  SubmittedBatch,
  SubmittedTicket,
} from './redeem-result.ts'

/** A mined transaction with what became of each of its tickets. Tickets without an outcome stay as they were. */
export function describeBatch(
  receipt: Receipt,
  tickets: readonly StoredTicket[],
  outcomes: readonly Outcome[],
  byEarlierRun: boolean,
): SubmittedBatch {
  const byHash = new Map(outcomes.map((outcome) => [outcome.hash, outcome]))
  const described = tickets.map((ticket) => describeTicket(ticket, byHash.get(ticket.hash)))
  const redeemed = described.filter(({ outcome }) => outcome === 'redeemed')
  const faceValueWei = sum(redeemed.map((ticket) => ticket.faceValueWei))
  const paidWei = sum(redeemed.map((ticket) => ticket.paidWei))
  const feeWei = receipt.gasUsed * receipt.effectiveGasPrice
  return {
    transactionHash: receipt.hash,
    outcome: receipt.succeeded ? 'final' : 'reverted',
    byEarlierRun,
    blockNumber: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
    feeWei,
    faceValueWei,
    paidWei,
    efficiencyBasisPoints:
      efficiencyBasisPoints({ receivedWei: paidWei, gasCostWei: feeWei, faceValueWei }) ?? null,
    tickets: described,
  }
}

function describeTicket({ hash, ticket }: StoredTicket, outcome: Outcome | undefined): SubmittedTicket {
  const { sender, recipient, faceValue } = ticket
  const common = { hash, sender, recipient, faceValueWei: faceValue }
  const { state = 'pending', paidWei = 0n, reason } = outcome ?? {}
  switch (state) {
    case 'redeemed':
    case 'final':
      return { ...common, paidWei, outcome: 'redeemed', reason: null }
    case 'usedElsewhere':
    case 'expired':
    case 'invalid':
      return { ...common, paidWei: 0n, outcome: state, reason: reason ?? state }
    case 'pending':
    case 'forgotten':
      return {
        ...common,
        paidWei: 0n,
        outcome: 'left',
        reason: reason ?? 'the transaction did not redeem it',
      }
  }
}

export function totalsOf(batches: readonly SubmittedBatch[]): RedeemTotals {
  const tickets = batches.flatMap((batch) => batch.tickets).filter(({ outcome }) => outcome === 'redeemed')
  const paidWei = sum(batches.map((batch) => batch.paidWei))
  const feeWei = sum(batches.map((batch) => batch.feeWei))
  return {
    redeemedTickets: tickets.length,
    shortPaidTickets: tickets.filter((ticket) => ticket.paidWei < ticket.faceValueWei).length,
    faceValueWei: sum(batches.map((batch) => batch.faceValueWei)),
    paidWei,
    gasUsed: sum(batches.map((batch) => batch.gasUsed)),
    feeWei,
    netWei: paidWei - feeWei,
  }
}

/** What a watch keeps of its looks, so that it does not grow for ever; the totals count all. */
const mostKept = 1000

/** Two reports, the later one second, as one. */
export function addResults(earlier: RedeemResult, later: RedeemResult): RedeemResult {
  const batches = [...earlier.batches, ...later.batches]
  return {
    ...later,
    outcome: earlier.outcome === 'redeemed' ? 'redeemed' : later.outcome,
    batches: batches.slice(-mostKept),
    ended: [...earlier.ended, ...later.ended].slice(-mostKept),
    totals: addTotals(earlier.totals, later.totals),
  }
}

function addTotals(a: RedeemTotals, b: RedeemTotals): RedeemTotals {
  return {
    redeemedTickets: a.redeemedTickets + b.redeemedTickets,
    shortPaidTickets: a.shortPaidTickets + b.shortPaidTickets,
    faceValueWei: a.faceValueWei + b.faceValueWei,
    paidWei: a.paidWei + b.paidWei,
    gasUsed: a.gasUsed + b.gasUsed,
    feeWei: a.feeWei + b.feeWei,
    netWei: a.netWei + b.netWei,
  }
}

/** A ticket that stays, and why. */
export interface StayingTicket {
  readonly hash: Hex
  readonly faceValueWei: bigint
  readonly code: StayCode
  /** One clause. */
  readonly reason: string
}

/** One row for each kind of reason, the largest face value first. */
export function groupStaying(tickets: Iterable<StayingTicket>): StayingTickets[] {
  const groups = new Map<StayCode, { tickets: number; faceValueWei: bigint; largest: StayingTicket }>()
  for (const ticket of tickets) {
    const group = groups.get(ticket.code)
    if (group === undefined) {
      groups.set(ticket.code, { tickets: 1, faceValueWei: ticket.faceValueWei, largest: ticket })
      continue
    }
    group.tickets++
    group.faceValueWei += ticket.faceValueWei
    if (ticket.faceValueWei > group.largest.faceValueWei) group.largest = ticket
  }
  return [...groups]
    .sort(([, a], [, b]) => (a.faceValueWei < b.faceValueWei ? 1 : a.faceValueWei > b.faceValueWei ? -1 : 0))
    .map(([code, { tickets: count, faceValueWei, largest }]) => ({
      code,
      tickets: count,
      faceValueWei,
      reason: largest.reason,
      example: largest.hash,
    }))
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, wei) => total + wei, 0n)
}
