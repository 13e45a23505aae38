import { isExpired } from '../../pm/expiry.ts'
import { claimableKey } from './claimable-key.ts'
import { compare, groupBy } from './lists.ts'
import type { LeftCode, PlanChain, PlanOptions, PlanTicket } from './types.ts'

/** The order of redemption. */
export const rank = { unlocking: 0, expiring: 1, waiting: 2, partial: 3 } as const
export type Rank = (typeof rank)[keyof typeof rank]

/** A ticket that the contract would redeem if there were funds. Addresses are lower case. */
export interface Candidate {
  readonly ticket: PlanTicket
  readonly sender: string
  readonly recipient: string
  /** `claimableKey` of the two */
  readonly pair: string
  readonly rank: Rank
  /** Rounds in which it can be redeemed; 1n: only in this one. */
  readonly roundsLeft: bigint
  /** The most that gas may take of its face value, in wei. */
  readonly budgetWei: bigint
}

/** A candidate with what the contract will pay for it, at its place among its sender's tickets. */
export interface Payment {
  readonly candidate: Candidate
  readonly rank: Rank
  readonly payoutWei: bigint
  /** The most that gas may take of the payout, in wei. */
  readonly budgetWei: bigint
  readonly drawsOnReserve: boolean
}

/** A ticket that the contract would not redeem, or that is too small to be wanted. */
export interface Refused {
  readonly ticket: PlanTicket
  readonly code: Extract<LeftCode, 'expired' | 'senderUnlocked' | 'recipientInactive' | 'belowMinPayout'>
}

/** Separates what can be redeemed from what cannot, in an order that is the same whatever the input's. */
export function findCandidates(
  tickets: readonly PlanTicket[],
  chain: PlanChain,
  options: PlanOptions,
): { readonly candidates: readonly Candidate[]; readonly refused: readonly Refused[] } {
  const candidates: Candidate[] = []
  const refused: Refused[] = []
  const senders = groupBy(tickets, ({ sender }) => sender.toLowerCase())
  for (const [sender, group] of [...senders].sort(([a], [b]) => compare(a, b))) {
    const withdrawRound = chain.senders.get(sender)?.withdrawRound ?? 0n
    const parties = new Map<string, Parties>()
    for (const ticket of [...group].sort(byHash)) {
      const known = parties.get(ticket.recipient)
      const between = known ?? makeParties(ticket, withdrawRound)
      if (known === undefined) parties.set(ticket.recipient, between)
      const code = refusalOf(ticket, between, chain, options)
      if (code === undefined) candidates.push(makeCandidate(ticket, between, chain, options))
      else refused.push({ ticket, code })
    }
  }
  return { candidates, refused }
}

interface Parties {
  readonly sender: string
  readonly recipient: string
  readonly pair: string
  readonly withdrawRound: bigint
}

function makeParties({ sender, recipient }: PlanTicket, withdrawRound: bigint): Parties {
  return {
    sender: sender.toLowerCase(),
    recipient: recipient.toLowerCase(),
    pair: claimableKey(sender, recipient),
    withdrawRound,
  }
}

function refusalOf(
  { creationRound, faceValue }: PlanTicket,
  { recipient, withdrawRound }: Parties,
  { currentRound, ticketValidityPeriod, recipients }: PlanChain,
  { minPayoutWei }: PlanOptions,
): Refused['code'] | undefined {
  if (isExpired(creationRound, ticketValidityPeriod, currentRound)) return 'expired'
  if (withdrawRound !== 0n && withdrawRound <= currentRound) return 'senderUnlocked'
  if (recipients.get(recipient)?.active !== true) return 'recipientInactive'
  return faceValue < minPayoutWei ? 'belowMinPayout' : undefined
}

function makeCandidate(
  ticket: PlanTicket,
  { sender, recipient, pair, withdrawRound }: Parties,
  { currentRound, ticketValidityPeriod }: PlanChain,
  options: PlanOptions,
): Candidate {
  const roundsLeft = ticket.creationRound + ticketValidityPeriod - currentRound
  const place = withdrawRound !== 0n ? rank.unlocking : roundsLeft === 1n ? rank.expiring : rank.waiting
  const budgetWei = gasBudget(ticket.faceValue, place !== rank.waiting, options)
  return { ticket, sender, recipient, pair, rank: place, roundsLeft, budgetWei }
}

/** The most that gas may take of a payout: less than all of it, and of what can wait no more than the share. */
export function gasBudget(payoutWei: bigint, urgent: boolean, { maxGasShare }: PlanOptions): bigint {
  const share = (payoutWei * maxGasShare.numerator) / maxGasShare.denominator
  return urgent || share >= payoutWei ? payoutWei - 1n : share
}

/** What comes first in the plan comes first: by rank, then what pays most. */
export function byRank(a: Payment, b: Payment): number {
  return (
    a.rank - b.rank || compare(b.payoutWei, a.payoutWei) || byHash(a.candidate.ticket, b.candidate.ticket)
  )
}

export function byHash(a: PlanTicket, b: PlanTicket): number {
  return compare(a.hash, b.hash)
}
