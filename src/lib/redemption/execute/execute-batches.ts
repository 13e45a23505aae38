import { setTimeout as sleep } from 'node:timers/promises'

import type { Signer } from '../../account/signer.ts'
import { PreconditionError } from '../../errors.ts'
import type { Preview } from '../../tx/preview.ts'
import { formatWei } from '../../units/wei.ts'
import { executeBatch } from './execute-batch.ts'
import type { BatchEnd } from './execute-batch.ts'
import { isStopping } from '../redeem-context.ts'
import type { RedeemContext } from '../redeem-context.ts'
import type { BatchEffect, BatchTicket } from './redeem-operation.ts'
import type { StayCode, SubmittedBatch } from '../redeem-result.ts'
import type { RedeemRun } from './redeem-run.ts'
import { stays } from '../survey/redeem-survey.ts'

/** What a run needs to send, once it was agreed to. */
export interface Sending {
  readonly signer: () => Promise<Signer>
  /** What may still be spent on gas; unlimited when absent. */
  readonly budget?: { leftWei: bigint }
}

/** How often one run plans anew in a row without redeeming anything. */
const mostChangesInARow = 5
/** How often one run sends a ticket that a transaction did not redeem. */
const mostAttempts = 2
/** Two redeemers that give way to each other must not do so in step. */
const longestPauseMs = 500

/**
 * Sends batches one after the other. One that fails as a whole is tried in halves, down to single tickets, which are
 * given up for this run when they fail alone.
 *
 * @returns whether all went as planned, or what is left must be planned again
 */
export async function executeBatches(
  context: RedeemContext,
  run: RedeemRun,
  batches: readonly { readonly tickets: readonly BatchTicket[] }[],
  sending: Sending,
): Promise<'done' | 'again'> {
  const { onEvent } = context
  const defer = (code: StayCode, reason: string) => (ticket: BatchTicket) => {
    const { stored } = ticket
    run.deferred.set(stored.hash, stays(stored, code, reason))
  }
  const queue = batches.map(({ tickets }) => tickets)
  let end: 'done' | 'again' = 'done'
  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
    if (isStopping(context)) return 'again'
    const ended = await execute(context, batch, sending)
    if (ended.kind === 'final' || ended.kind === 'reverted') note(run, ended.batch, sending)
    switch (ended.kind) {
      case 'final':
        run.changesInARow = 0
        if (noteUnpaid(run, batch, ended.batch) > 0) end = 'again'
        break
      case 'unaffordable':
        batch.forEach(defer('gasAccountShort', ended.reason))
        break
      case 'changed':
        run.changesInARow++
        if (run.changesInARow >= mostChangesInARow) {
          run.changesInARow = 0
          batch.forEach(defer('batchFails', ended.reason))
        }
        await sleep(Math.random() * longestPauseMs)
        return 'again'
      case 'reverted':
      case 'fails': {
        const reason = ended.kind === 'fails' ? ended.reason : `${ended.batch.transactionHash} reverted`
        end = 'again'
        if (batch.length === 1) batch.forEach(defer('batchFails', reason))
        else {
          onEvent?.({ event: 'halved', tickets: batch.length, reason })
          const half = Math.ceil(batch.length / 2)
          queue.unshift(batch.slice(0, half), batch.slice(half))
        }
      }
    }
  }
  return end
}

type End = BatchEnd | { readonly kind: 'unaffordable'; readonly reason: string }

async function execute(
  context: RedeemContext,
  batch: readonly BatchTicket[],
  { signer, budget }: Sending,
): Promise<End> {
  const approve = ({ maxCostWei }: Preview<BatchEffect>) => {
    if (budget !== undefined && maxCostWei > budget.leftWei) throw costAbovePlan(maxCostWei, budget.leftWei)
  }
  try {
    return await executeBatch(context, batch, { signer, approve })
  } catch (error) {
    if (!(error instanceof PreconditionError && error.code === 'INSUFFICIENT_FUNDS')) throw error
    return { kind: 'unaffordable', reason: error.message }
  }
}

function note(run: RedeemRun, batch: SubmittedBatch, { budget }: Sending): void {
  run.batches.push(batch)
  if (budget !== undefined) budget.leftWei -= batch.feeWei
}

/** Gives up the tickets that transactions did not redeem more than once. */
function noteUnpaid(run: RedeemRun, batch: readonly BatchTicket[], { tickets }: SubmittedBatch): number {
  const left = new Map(
    tickets.flatMap((ticket) => (ticket.outcome === 'left' ? [[ticket.hash, ticket]] : [])),
  )
  for (const { stored } of batch) {
    const ticket = left.get(stored.hash)
    if (ticket === undefined) continue
    const attempts = (run.attempts.get(stored.hash) ?? 0) + 1
    run.attempts.set(stored.hash, attempts)
    const reason = ticket.reason ?? 'the transaction did not redeem it'
    if (attempts >= mostAttempts) run.deferred.set(stored.hash, stays(stored, 'batchFails', reason))
  }
  return left.size
}

function costAbovePlan(costWei: bigint, leftWei: bigint): PreconditionError {
  return new PreconditionError(
    'COST_ABOVE_PLAN',
    `gas has risen: the next batch can cost ${formatWei(costWei)} ETH, and ${formatWei(leftWei)} ETH is left of what was agreed to`,
    {
      details: { costWei, leftWei },
      nextSteps: ['repeat the command to see the new price, or let it run with --yes'],
    },
  )
}
