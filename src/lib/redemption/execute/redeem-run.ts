import type { Hex } from 'viem'

import type { LpPayError } from '../../errors.ts'
import type { Outcome, StoredTicket } from '../../store/ticket-store.ts'
import type { RedeemContext } from '../redeem-context.ts'
import type { EndedTicket, RedeemResult, SubmittedBatch } from '../redeem-result.ts'
import type { Survey } from '../survey/redeem-survey.ts'
import { describeRedeemer } from '../redeemer.ts'
import { groupStaying, totalsOf } from '../report-redemption.ts'
import type { StayingTicket } from '../report-redemption.ts'

export type RunContext = Pick<RedeemContext, 'connection' | 'store' | 'onEvent'> & {
  readonly payer?: Pick<RedeemContext['payer'], 'address'>
}

/** What a run has done so far, whatever comes next. */
export interface RedeemRun {
  readonly batches: SubmittedBatch[]
  readonly ended: EndedTicket[]
  /** Tickets that this run has given up, and why. */
  readonly deferred: Map<Hex, StayingTicket>
  /** How often a transaction did not redeem a ticket that it was to redeem. */
  readonly attempts: Map<Hex, number>
  /** How often in a row the chain was not as it was planned for. */
  changesInARow: number
  survey: Survey | undefined
  missingGasWei: bigint
}

export function startRun(): RedeemRun {
  return {
    batches: [],
    ended: [],
    deferred: new Map(),
    attempts: new Map(),
    changesInARow: 0,
    survey: undefined,
    missingGasWei: 0n,
  }
}

/** Remembers a survey, and writes the ends that it found to the store. */
export async function noteSurvey(
  { store, onEvent }: RunContext,
  run: RedeemRun,
  survey: Survey,
): Promise<void> {
  run.survey = survey
  const { chain, plan } = survey
  const ended = endedOf(survey)
  if (ended.length > 0) {
    await store.record(survey.ended)
    run.ended.push(...ended)
    onEvent?.({ event: 'ended', tickets: ended })
  }
  onEvent?.({
    event: 'planned',
    round: chain.currentRound,
    batches: plan.batches.length,
    tickets: plan.batches.reduce((total, { tickets }) => total + tickets.length, 0),
    faceValueWei: plan.faceValueWei,
    payoutWei: plan.payoutWei,
    gasCostWei: plan.gasCostWei,
    staying: groupStaying(survey.staying),
  })
}

/** Writes down why each ticket stays, where the store does not say so yet. */
export async function noteStaying({ store }: RunContext, run: RedeemRun): Promise<void> {
  const { survey } = run
  if (survey === undefined) return
  const outcomes = stayingOf(run).flatMap(({ hash, reason }): Outcome[] =>
    survey.tickets.get(hash)?.reason === reason ? [] : [{ hash, state: 'pending', reason }],
  )
  if (outcomes.length > 0) await store.record(outcomes)
}

/** What a run has done, as it is reported. */
export async function reportRun(
  context: RunContext,
  run: RedeemRun,
  stopped?: LpPayError,
): Promise<RedeemResult> {
  const { batches, ended, missingGasWei, survey } = run
  const hasDone = batches.length > 0
  return {
    ...describe(context, survey),
    outcome: stopped !== undefined ? 'stopped' : hasDone ? 'redeemed' : 'nothingToDo',
    plan: null,
    batches,
    ended,
    staying: groupStaying([...stayingOf(run), ...(await takenByOthers(context))]),
    totals: totalsOf(batches),
    missingGasWei,
    stopped: stopped === undefined ? null : pick(stopped),
  }
}

/** What a run would do, as it is reported. */
export async function reportPreview(
  context: RunContext,
  survey: Survey,
  missingGasWei: bigint,
): Promise<RedeemResult> {
  return {
    ...describe(context, survey),
    outcome: survey.plan.batches.length > 0 ? 'dryRun' : 'nothingToDo',
    plan: survey.plan,
    batches: [],
    ended: endedOf(survey),
    staying: groupStaying([...survey.staying, ...(await takenByOthers(context))]),
    totals: totalsOf([]),
    missingGasWei,
    stopped: null,
  }
}

function describe(
  { connection, store, payer }: RunContext,
  survey: Survey | undefined,
): Pick<RedeemResult, 'network' | 'store' | 'account' | 'round' | 'imported'> {
  return {
    network: connection.network.name,
    store: store.location,
    account: payer?.address ?? null,
    round: survey?.chain.currentRound ?? null,
    imported: null,
  }
}

function endedOf({ ended, tickets }: Survey): EndedTicket[] {
  return ended.flatMap(({ hash, state, paidWei = 0n, reason }) =>
    state === 'final' || state === 'usedElsewhere' || state === 'expired' || state === 'invalid'
      ? [{ hash, outcome: state, faceValueWei: tickets.get(hash)?.ticket.faceValue ?? 0n, paidWei, reason }]
      : [],
  )
}

/** Of the last survey, and what was given up after it. */
function stayingOf({ survey, deferred }: RedeemRun): StayingTicket[] {
  const staying = new Map((survey?.staying ?? []).map((ticket) => [ticket.hash, ticket]))
  return [...new Map([...staying, ...deferred]).values()]
}

/** Tickets in transactions that have not come to their end. */
async function takenByOthers({ store }: RunContext): Promise<StayingTicket[]> {
  const taken: StayingTicket[] = []
  for (const { holder, tickets, attempts } of await store.submissions()) {
    const by = `${describeRedeemer(holder)} has it in a transaction that is not settled`
    const reason = attempts.length === 0 ? by : `${by}: ${attempts.at(-1)?.hash ?? ''}`
    const stored = await Promise.all(tickets.map((hash) => store.get(hash)))
    for (const ticket of stored) if (ticket !== undefined) taken.push(inFlight(ticket, reason))
  }
  return taken
}

function inFlight({ hash, ticket }: StoredTicket, reason: string): StayingTicket {
  return { hash, faceValueWei: ticket.faceValue, code: 'inFlight', reason }
}

function pick({ code, message, nextSteps }: LpPayError): RedeemResult['stopped'] {
  return { code, message, nextSteps }
}
