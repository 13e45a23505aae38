import { randomUUID } from 'node:crypto'

import type { Signer } from '../../account/signer.ts'
import { PreconditionError, RevertedError } from '../../errors.ts'
import type { StoredTicket } from '../../store/ticket-store.ts'
import type { PlannedGas } from '../../tx/operation.ts'
import type { Preview } from '../../tx/preview.ts'
import { parseReceipt } from '../../tx/receipt.ts'
import { runOperation } from '../../tx/run-operation.ts'
import { batchGasLimit } from '../onchain/batch-gas.ts'
import type { RedeemContext } from '../redeem-context.ts'
import { BatchChangedError, BatchFailsError, ClaimLostError } from '../redeem-errors.ts'
import { payoutOf, redeemOperation } from './redeem-operation.ts'
import type { BatchEffect, BatchTicket } from './redeem-operation.ts'
import type { SubmittedBatch } from '../redeem-result.ts'
import { closeMined, tellStore } from '../settle/settle-mined.ts'
import type { OpenSubmission } from '../settle/settle-mined.ts'
import { simulateTickets } from '../probe/simulate.ts'

/** How an attempt to redeem a batch ended. */
export type BatchEnd =
  | { readonly kind: 'final'; readonly batch: SubmittedBatch }
  /** Mined and reverted: nothing was redeemed, gas was paid. */
  | { readonly kind: 'reverted'; readonly batch: SubmittedBatch }
  /** It would fail as a whole; nothing was sent. */
  | { readonly kind: 'fails'; readonly reason: string }
  /** What it was planned for is no longer so; nothing was redeemed. */
  | { readonly kind: 'changed'; readonly reason: string }

export interface BatchOptions {
  /** Opened once a run. */
  readonly signer: () => Promise<Signer>
  /** Throws when this costs more than was agreed to. */
  readonly approve: (preview: Preview<BatchEffect>) => void
}

/**
 * Claims the tickets of a batch, sends it through the lifecycle, and writes down what became of each ticket. A claim for
 * which nothing was signed is given up again, whatever went wrong.
 *
 * @throws {LpPayError} what concerns more than this batch: no RPC, no gas money, a lock, a transaction without an end
 */
export async function executeBatch(
  context: RedeemContext,
  batch: readonly BatchTicket[],
  { signer, approve }: BatchOptions,
): Promise<BatchEnd> {
  const { connection, store, payer, holder, dataFolder, confirmations, timeoutMs } = context
  const { raiseFeeAfterMs, signal, onStep, onEvent } = context
  const id = randomUUID()
  const tickets = batch.map(({ stored }) => stored)
  const open = { id, tickets }
  const hashes = tickets.map(({ hash }) => hash)
  if (!(await store.claim({ id, account: payer.address, holder, tickets: hashes }))) {
    return { kind: 'changed', reason: 'another redeemer has taken one of its tickets' }
  }
  let isSigned = false
  try {
    const gas = await findGas(context, tickets)
    const ceiling = feeCeiling(context, payoutOf(batch), gas)
    const ended = await runOperation(redeemOperation(context, id, batch, gas), {
      connection,
      from: payer.address,
      dataFolder,
      signer,
      confirm(preview) {
        approve(preview)
        return Promise.resolve()
      },
      confirmations,
      timeoutMs,
      feeLimit: ceiling,
      ...(raiseFeeAfterMs !== undefined && { raiseFee: { afterMs: raiseFeeAfterMs, limitWei: ceiling } }),
      ...(signal && { signal }),
      ...(onStep && { onStep }),
      async onSigned({ nonce, hash, signed }) {
        if (!(await store.recordAttempt(id, nonce, { hash, signed }))) throw new ClaimLostError()
        isSigned = true
        onEvent?.({ event: 'sending', transactionHash: hash, tickets: tickets.length })
      },
      ...tellStore(context, open),
    })
    if (ended.kind === 'nothingToDo') throw new Error('a redemption always has something to do')
    const settled = await closeMined(context, open, ended.receipt, false)
    await ended.reported()
    return { kind: 'final', batch: settled }
  } catch (error) {
    if (isSigned) return endAfterSigning(context, open, error)
    // Should this fail too, the claim is given up when it is found without an owner.
    await store.giveUpClaim(id).catch(() => undefined)
    return endWithoutSending(error)
  }
}

/** @throws {BatchChangedError} a ticket would fail by itself */
async function findGas(
  { connection, payer }: RedeemContext,
  stored: readonly StoredTicket[],
): Promise<PlannedGas> {
  const tickets = stored.map(({ ticket }) => ticket)
  const simulations = await simulateTickets(connection, payer.address, tickets)
  const failing = simulations.find(({ ok }) => !ok)
  if (failing !== undefined) {
    throw new BatchChangedError(`${failing.hash} would fail: ${failing.reason ?? 'no reason given'}`)
  }
  const { estimate, limit } = await batchGasLimit(connection, payer.address, tickets, simulations)
  return { estimate, limit }
}

/** The most to offer for a unit of gas, in wei: no batch may cost more than it pays, whatever the market does. */
function feeCeiling({ feeLimit }: RedeemContext, payoutWei: bigint, { estimate }: PlannedGas): bigint {
  const worthWei = payoutWei / estimate
  return feeLimit !== undefined && feeLimit < worthWei ? feeLimit : worthWei
}

/** What concerns this batch alone; everything else is passed on. */
function endWithoutSending(error: unknown): BatchEnd {
  if (error instanceof BatchFailsError) return { kind: 'fails', reason: error.message }
  const changed = ['BATCH_CHANGED', 'PLAN_CHANGED', 'CLAIM_LOST']
  if (error instanceof PreconditionError && changed.includes(error.code)) {
    return { kind: 'changed', reason: error.message }
  }
  throw error
}

/** Ends the submission where the chain, or the node, has said how its transaction ended; else it stays open. */
async function endAfterSigning(
  context: RedeemContext,
  open: OpenSubmission,
  error: unknown,
): Promise<BatchEnd> {
  const { connection, store } = context
  if (error instanceof RevertedError) {
    const receipt = parseReceipt(
      await connection.rpc.request('eth_getTransactionReceipt', [error.details['hash']]),
    )
    if (receipt === undefined || receipt.succeeded) throw error
    return { kind: 'reverted', batch: await closeMined(context, open, receipt, false) }
  }
  if (
    error instanceof PreconditionError &&
    ['TRANSACTION_SUPERSEDED', 'TRANSACTION_REFUSED'].includes(error.code)
  ) {
    await store.closeSubmission(open.id, [], 0n)
    return { kind: 'changed', reason: error.message }
  }
  if (error instanceof ClaimLostError) return { kind: 'changed', reason: error.message }
  throw error
}
