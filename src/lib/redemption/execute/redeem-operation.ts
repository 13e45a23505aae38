import type { Hex } from 'viem'

import type { StoredTicket } from '../../store/ticket-store.ts'
import type { Operation, PlannedGas } from '../../tx/operation.ts'
import { formatWei } from '../../units/wei.ts'
import { simulateBatch } from '../onchain/batch-gas.ts'
import type { BatchSimulation } from '../onchain/batch-gas.ts'
import { readRedemptionChain } from '../onchain/chain-state.ts'
import type { RedemptionChain } from '../onchain/chain-state.ts'
import { judgeByChain } from '../survey/classify-ticket.ts'
import { encodeRedemption } from '../onchain/encode.ts'
import { BatchChangedError, BatchFailsError } from '../redeem-errors.ts'
import type { RedeemContext } from '../redeem-context.ts'
import { ticketsInFlight, withoutFundsInFlight } from '../survey/redeem-in-flight.ts'
import { payoutsInOrder } from './redeem-payouts.ts'
import { redeemOperationName, redemptionKey } from '../settle/settle-entry.ts'

/** A ticket of a batch, and the least that it must be paid. */
export interface BatchTicket {
  readonly stored: StoredTicket
  readonly payoutWei: bigint
}

/** What a batch must pay in all, in wei. */
export function payoutOf(batch: readonly BatchTicket[]): bigint {
  return batch.reduce((total, { payoutWei }) => total + payoutWei, 0n)
}

/** What a batch is held against, right before it is signed. */
export interface BatchState {
  readonly chain: RedemptionChain
  readonly payoutsWei: readonly bigint[]
  readonly simulation: BatchSimulation
}

export interface BatchEffect {
  readonly summary: string
  readonly payoutWei: bigint
}

/**
 * Redeems a batch in one transaction. The lifecycle reads and plans it twice, the second time when it holds the
 * account's lock: the batch goes only if every ticket is open, if each will be paid what was planned for it whatever
 * others have under way, if the whole works at its own gas limit, and if it pays for its gas.
 *
 * @param gas of `batchGasLimit`
 */
export function redeemOperation(
  { connection, store, payer }: Pick<RedeemContext, 'connection' | 'store' | 'payer'>,
  id: string,
  batch: readonly BatchTicket[],
  gas: PlannedGas,
): Operation<BatchState, BatchEffect> {
  const stored = batch.map((ticket) => ticket.stored)
  const tickets = stored.map(({ ticket }) => ticket)
  const own = new Set(stored.map(({ hash }) => hash))
  const plannedWei = payoutOf(batch)
  const call = encodeRedemption(connection.contracts.TicketBroker, tickets)
  return {
    name: redeemOperationName,
    requestKey: redemptionKey(id),
    followsState: false,
    async read() {
      const [chain, inFlight, simulation] = await Promise.all([
        readRedemptionChain(connection, stored),
        ticketsInFlight(store, own),
        simulateBatch(connection, payer.address, tickets, gas.limit),
      ])
      const payoutsWei = payoutsInOrder(tickets, withoutFundsInFlight(chain, inFlight))
      return { chain, payoutsWei, simulation }
    },
    plan(state) {
      refuseChanged(batch, state)
      refuseFailing(batch, plannedWei, state.simulation)
      const costWei = gas.estimate * state.chain.gas.executionWei
      if (costWei >= plannedWei) {
        throw new BatchChangedError(
          `gas would cost ${formatWei(costWei)} ETH for ${formatWei(plannedWei)} ETH`,
        )
      }
      const count = `${String(batch.length)} ${batch.length === 1 ? 'ticket' : 'tickets'}`
      return {
        call,
        gas,
        effect: { summary: `redeem ${count} for ${formatWei(plannedWei)} ETH`, payoutWei: plannedWei },
        cautions: [],
      }
    },
  }
}

/** @throws {BatchChangedError} */
function refuseChanged(batch: readonly BatchTicket[], { chain, payoutsWei }: BatchState): void {
  for (const [at, { stored, payoutWei }] of batch.entries()) {
    const verdict = judgeByChain(stored.hash, stored.ticket, chain)
    if (verdict.kind === 'used') throw new BatchChangedError(`${stored.hash} is used`)
    if (verdict.kind !== 'open') throw new BatchChangedError(`of ${stored.hash} ${verdict.reason}`)
    const nowWei = payoutsWei[at] ?? 0n
    if (nowWei < payoutWei) {
      throw new BatchChangedError(
        `${stored.hash} would be paid ${formatWei(nowWei)} of ${formatWei(payoutWei)} ETH`,
      )
    }
  }
}

/** @throws {BatchFailsError} */
function refuseFailing(
  batch: readonly BatchTicket[],
  plannedWei: bigint,
  { ok, reason, used, paidWei }: BatchSimulation,
): void {
  if (!ok) throw new BatchFailsError(reason ?? 'no reason given')
  const lost = batch.filter(({ stored }) => !used.has(stored.hash))
  if (lost.length > 0) throw new BatchFailsError(`it would not redeem ${describeHashes(lost)}`)
  if (paidWei < plannedWei) {
    throw new BatchFailsError(`it would pay ${formatWei(paidWei)} ETH of ${formatWei(plannedWei)} ETH`)
  }
}

function describeHashes(tickets: readonly BatchTicket[]): string {
  const [first, ...others] = tickets.map(({ stored }): Hex => stored.hash)
  return others.length === 0 ? String(first) : `${String(first)} and ${String(others.length)} more`
}
