import type { Address } from 'viem'

import { DeclinedError, LpPayError, PreconditionError } from '../errors.ts'
import { formatWei } from '../units/wei.ts'
import { executeBatches } from './execute/execute-batches.ts'
import type { Sending } from './execute/execute-batches.ts'
import type { Batch, PlanOptions, RedemptionPlan } from './plan/types.ts'
import { requireTickets } from './redeem-choice.ts'
import type { TicketChoice } from './redeem-choice.ts'
import { isStopping } from './redeem-context.ts'
import type { RedeemContext } from './redeem-context.ts'
import { pricePlan } from './survey/redeem-price.ts'
import type { PricedPlan } from './survey/redeem-price.ts'
import type { RedeemResult, StayingTickets } from './redeem-result.ts'
import { noteStaying, noteSurvey, reportPreview, reportRun, startRun } from './execute/redeem-run.ts'
import type { RedeemRun } from './execute/redeem-run.ts'
import { stays, surveyTickets } from './survey/redeem-survey.ts'
import type { Survey, SurveyContext } from './survey/redeem-survey.ts'
import { groupStaying } from './report-redemption.ts'
import type { StayingTicket } from './report-redemption.ts'
import { settleSubmissions } from './settle/settle-submissions.ts'

export interface RedeemRequest {
  readonly choice: TicketChoice
  readonly planOptions: PlanOptions
  /** Called once, before the first transaction, with all that is planned. Throws to decline. */
  readonly confirm: (preview: RedemptionPreview) => Promise<void>
  /** Whether to stop rather than to pay more for gas than the preview said at most. */
  readonly holdToPreview: boolean
}

/** What a person must have seen before anything is sent. */
export interface RedemptionPreview {
  readonly network: string
  readonly account: Address
  readonly round: bigint
  /** What the gas account can pay for. */
  readonly plan: RedemptionPlan
  readonly cost: PricedPlan
  readonly staying: readonly StayingTickets[]
}

/** A report, and the error that the run ended with if it did not come to its end. */
export interface RedeemEnd {
  readonly result: RedeemResult
  readonly failure?: LpPayError
}

/**
 * Redeems what pays now. First settles what earlier runs have left; then surveys, plans, asks once, and sends batch by
 * batch, planning anew whenever the chain has changed. A run that is stopped after it has done something reports both.
 *
 * @throws {LpPayError} what stopped it before it had done anything
 */
export async function redeem(context: RedeemContext, request: RedeemRequest): Promise<RedeemEnd> {
  const { connection, store } = context
  await store.requireChain(connection.chainKey)
  await requireTickets(store, request.choice.hashes)
  const run = startRun()
  try {
    await settleSubmissions(context, (batch) => run.batches.push(batch))
    await redeemWhatPays(context, request, run)
    await noteStaying(context, run)
  } catch (error) {
    if (!(error instanceof LpPayError) || run.batches.length === 0) throw error
    return { result: await reportRun(context, run, error), failure: error }
  }
  return { result: await reportRun(context, run) }
}

/** Surveys and plans, sends nothing and writes nothing down. Needs no account; without one its money is not looked at. */
export async function previewRedemption(
  context: SurveyContext & Pick<RedeemContext, 'feeLimit'>,
  request: Pick<RedeemRequest, 'choice' | 'planOptions'>,
): Promise<RedeemResult> {
  const { connection, store } = context
  await store.requireChain(connection.chainKey)
  await requireTickets(store, request.choice.hashes)
  const survey = await surveyTickets(context, { ...request, deferred: new Map() })
  const { affordable, cost } = await price(context, survey)
  return reportPreview(context, affordable, cost.missingGasWei)
}

async function redeemWhatPays(context: RedeemContext, request: RedeemRequest, run: RedeemRun): Promise<void> {
  const { payer } = context
  let sending: Sending | undefined
  for (;;) {
    if (isStopping(context)) throw interrupted()
    const survey = await surveyTickets(context, { ...request, deferred: run.deferred })
    await noteSurvey(context, run, survey)
    if (survey.plan.batches.length === 0) return
    const { affordable, cost } = await price(context, survey)
    run.survey = affordable
    run.missingGasWei = cost.missingGasWei
    if (cost.batches.length === 0) {
      await noteStaying(context, run)
      throw noGasMoney(payer.address, cost)
    }
    sending ??= await agree(context, request, affordable, cost)
    if ((await executeBatches(context, run, cost.batches, sending)) === 'done') return
  }
}

/** Asks, and opens the key: once a run, before anything is claimed. */
async function agree(
  { connection, payer }: RedeemContext,
  request: RedeemRequest,
  { chain, plan, staying }: Survey,
  cost: PricedPlan,
): Promise<Sending> {
  await request.confirm({
    network: connection.network.name,
    account: payer.address,
    round: chain.currentRound,
    plan,
    cost,
    staying: groupStaying(staying),
  })
  const signer = await payer.signer()
  return {
    signer: () => Promise.resolve(signer),
    ...(request.holdToPreview && { budget: { leftWei: cost.maxCostWei } }),
  }
}

/** A survey with what the gas account cannot pay for among the tickets that stay. */
async function price(
  { connection, payer, feeLimit }: SurveyContext & Pick<RedeemContext, 'feeLimit'>,
  survey: Survey,
): Promise<{ affordable: Survey; cost: PricedPlan }> {
  const cost = await pricePlan(connection, survey, {
    ...(payer && { account: payer.address }),
    ...(feeLimit !== undefined && { feeLimit }),
  })
  const unaffordable = cost.unaffordable.flatMap(({ tickets, maxCostWei }): StayingTicket[] => {
    const reason = `its batch can cost ${formatWei(maxCostWei)} ETH of gas, more than the gas account has left`
    return tickets.map(({ stored }) => stays(stored, 'gasAccountShort', reason))
  })
  const batches = cost.batches.map(({ planned }) => planned)
  return {
    affordable: {
      ...survey,
      plan: { ...survey.plan, ...totalsOfBatches(batches), batches },
      staying: [...survey.staying, ...unaffordable],
    },
    cost,
  }
}

function totalsOfBatches(
  batches: readonly Batch[],
): Pick<RedemptionPlan, 'faceValueWei' | 'payoutWei' | 'gas' | 'gasCostWei'> {
  const sum = (amount: (batch: Batch) => bigint) =>
    batches.reduce((total, batch) => total + amount(batch), 0n)
  return {
    faceValueWei: sum((batch) => batch.faceValueWei),
    payoutWei: sum((batch) => batch.payoutWei),
    gas: sum((batch) => batch.gas),
    gasCostWei: sum((batch) => batch.gasCostWei),
  }
}

function noGasMoney(account: Address, { balanceWei, missingGasWei }: PricedPlan): PreconditionError {
  return new PreconditionError(
    'INSUFFICIENT_FUNDS',
    `${account} has ${formatWei(balanceWei ?? 0n)} ETH, which pays for the gas of no batch; ${formatWei(missingGasWei)} ETH more would pay for all`,
    {
      details: { balanceWei: balanceWei ?? 0n, missingWei: missingGasWei },
      nextSteps: [
        `send ${formatWei(missingGasWei)} ETH to ${account}, or pay from another account: --account`,
      ],
    },
  )
}

function interrupted(): DeclinedError {
  return new DeclinedError('INTERRUPTED', 'interrupted; nothing more was sent', {
    nextSteps: ['repeat the command'],
  })
}
