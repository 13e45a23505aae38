import { zeroAddress } from 'viem'
import type { Hex } from 'viem'

import { isExpired } from '../../pm/expiry.ts'
import type { StoredTicket } from '../../store/ticket-store.ts'
import { formatWei } from '../../units/wei.ts'
import { readRedemptionChain } from '../onchain/chain-state.ts'
import type { RedemptionChain } from '../onchain/chain-state.ts'
import { outcomeOfFailure, outcomeOfUsed } from '../settle/classify-outcome.ts'
import type { ClassifyContext, Judgement } from '../settle/classify-outcome.ts'
import { judgeByChain } from './classify-ticket.ts'
import { planRedemption } from '../plan/plan-redemption.ts'
import type { PlannedTicket, PlanOptions, PlanTicket, RedemptionPlan } from '../plan/types.ts'
import { choosePending } from '../redeem-choice.ts'
import type { TicketChoice } from '../redeem-choice.ts'
import type { RedeemContext } from '../redeem-context.ts'
import { ticketsInFlight, withoutFundsInFlight } from './redeem-in-flight.ts'
import type { StayCode } from '../redeem-result.ts'
import { inTurns } from './redeem-turns.ts'
import type { StayingTicket } from '../report-redemption.ts'
import { simulateTickets } from '../probe/simulate.ts'
import type { TicketSimulation } from '../probe/simulate.ts'

/** Events are searched for so many tickets at once. */
const searchesAtOnce = 8

export type SurveyContext = ClassifyContext & Pick<RedeemContext, 'store'>

/** What pending tickets are to be surveyed, and by which rules. */
export interface SurveyRequest {
  readonly choice: TicketChoice
  readonly planOptions: PlanOptions
  /** Tickets that this run has given up, and why. */
  readonly deferred: ReadonlyMap<Hex, StayingTicket>
}

/** All that is pending, held against the chain, and what to redeem of it now. */
export interface Survey {
  readonly chain: RedemptionChain
  /** The pending tickets that are meant, by hash. */
  readonly tickets: ReadonlyMap<Hex, StoredTicket>
  readonly plan: RedemptionPlan
  /** What each planned ticket did when the plan was simulated in its order. */
  readonly simulations: ReadonlyMap<Hex, TicketSimulation>
  /** Tickets that have come to an end. */
  readonly ended: readonly Judgement[]
  readonly staying: readonly StayingTicket[]
}

/**
 * Reads the pending tickets and the chain, plans, and simulates the plan in its order. Tickets that fail there are left
 * out for the reason that the contract gives, and the rest is planned anew. Changes nothing.
 */
export async function surveyTickets(context: SurveyContext, request: SurveyRequest): Promise<Survey> {
  const { connection, store } = context
  const pending = await choosePending(store, request.choice)
  const tickets = new Map(pending.map((ticket) => [ticket.hash, ticket]))
  const [chain, inFlight] = await Promise.all([
    readRedemptionChain(connection, pending),
    ticketsInFlight(store),
  ])
  const { open, ended, staying } = await judge(context, pending, chain, request.deferred)
  const plannable = withoutFundsInFlight(chain, inFlight)
  for (;;) {
    const plan = planRedemption({
      tickets: [...open.values()].map(toPlanTicket),
      chain: plannable,
      gas: chain.gas,
      options: request.planOptions,
    })
    const planned = plan.batches.flatMap((batch) => batch.tickets)
    const simulations = await simulate(context, planned, open)
    const failing = planned.filter((ticket) => !paysAsPlanned(ticket, simulations.get(ticket.hash)))
    if (failing.length === 0) {
      staying.push(...plan.left.filter(({ code }) => code !== 'expired'))
      return { chain, tickets, plan, simulations, ended, staying }
    }
    for (const { hash, payoutWei } of failing) {
      const ticket = open.get(hash)
      const simulation = simulations.get(hash)
      open.delete(hash)
      if (ticket === undefined || simulation === undefined) continue
      const judgement = simulation.ok
        ? { hash, state: 'pending' as const, reason: paidLess(simulation.paidWei, payoutWei) }
        : await outcomeOfFailure(context, ticket, simulation)
      if (judgement.state === 'pending') staying.push(stays(ticket, 'simulationFails', judgement.reason))
      else ended.push(judgement)
    }
  }
}

/** What the chain says about each ticket by itself. */
async function judge(
  context: SurveyContext,
  pending: readonly StoredTicket[],
  chain: RedemptionChain,
  deferred: SurveyRequest['deferred'],
): Promise<{ open: Map<Hex, StoredTicket>; ended: Judgement[]; staying: StayingTicket[] }> {
  const open = new Map<Hex, StoredTicket>()
  const ended: Judgement[] = []
  const staying: StayingTicket[] = []
  const used: StoredTicket[] = []
  for (const ticket of pending) {
    const { hash } = ticket
    const verdict = judgeByChain(hash, ticket.ticket, chain)
    const given = deferred.get(hash)
    if (verdict.kind === 'used') used.push(ticket)
    else if (verdict.kind === 'ends') ended.push({ hash, state: verdict.state, reason: verdict.reason })
    else if (verdict.kind === 'stays') staying.push(stays(ticket, verdict.code, verdict.reason))
    else if (given !== undefined) staying.push(given)
    else open.set(hash, ticket)
  }
  const judgements = await inTurns(used, searchesAtOnce, (ticket) => outcomeOfUsed(context, ticket))
  for (const [at, ticket] of used.entries()) {
    const judgement = judgements[at]
    if (judgement === undefined) continue
    const { creationRound } = ticket.ticket
    if (judgement.state !== 'pending') ended.push(judgement)
    // An RPC that keeps no old events will never show it.
    else if (isExpired(creationRound, chain.ticketValidityPeriod, chain.currentRound))
      ended.push({ ...judgement, state: 'usedElsewhere' })
    else staying.push(stays(ticket, 'beingRedeemed', judgement.reason))
  }
  return { open, ended, staying }
}

async function simulate(
  { connection, payer }: SurveyContext,
  planned: readonly PlannedTicket[],
  open: ReadonlyMap<Hex, StoredTicket>,
): Promise<ReadonlyMap<Hex, TicketSimulation>> {
  const tickets = planned.flatMap(({ hash }) => open.get(hash)?.ticket ?? [])
  const simulations = await simulateTickets(connection, payer?.address ?? zeroAddress, tickets)
  return new Map(simulations.map((simulation) => [simulation.hash, simulation]))
}

function paysAsPlanned({ payoutWei }: PlannedTicket, simulation: TicketSimulation | undefined): boolean {
  return simulation?.ok === true && simulation.paidWei >= payoutWei
}

export function stays({ hash, ticket }: StoredTicket, code: StayCode, reason: string): StayingTicket {
  return { hash, faceValueWei: ticket.faceValue, code, reason }
}

function paidLess(paidWei: bigint, plannedWei: bigint): string {
  return `it would be paid ${formatWei(paidWei)} ETH instead of ${formatWei(plannedWei)} ETH`
}

function toPlanTicket({ hash, ticket }: StoredTicket): PlanTicket {
  const { sender, recipient, faceValue, creationRound } = ticket
  return { hash, sender, recipient, faceValue, creationRound }
}
