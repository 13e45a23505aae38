import { zeroAddress } from 'viem'
import type { Address } from 'viem'

import { quantity } from '../../chain/quantity.ts'
import type { Connection } from '../../contracts/connect.ts'
import type { StoredTicket } from '../../store/ticket-store.ts'
import { chooseFees, readFeeMarket } from '../../tx/fees.ts'
import { batchGasLimit } from '../onchain/batch-gas.ts'
import type { Batch } from '../plan/types.ts'
import type { BatchTicket } from '../execute/redeem-operation.ts'
import { inTurns } from './redeem-turns.ts'
import type { Survey } from './redeem-survey.ts'

/** A batch of a plan with what its transaction will cost. */
export interface PricedBatch {
  readonly planned: Batch
  readonly tickets: readonly BatchTicket[]
  /** wei, at the present price of gas */
  readonly expectedFeeWei: bigint
  readonly maxCostWei: bigint
}

/** A plan cut to what the gas account can pay for. */
export interface PricedPlan {
  /** In the order of the plan. */
  readonly batches: readonly PricedBatch[]
  /** Those that the account cannot pay for. */
  readonly unaffordable: readonly PricedBatch[]
  /** Null without an account. */
  readonly balanceWei: bigint | null
  readonly maxFeePerGasWei: bigint
  readonly expectedFeeWei: bigint
  readonly maxCostWei: bigint
  readonly missingGasWei: bigint
}

/** Each is a call of some ten thousand bytes, which a node runs for as long as a block. */
const batchesAtOnce = 4

/**
 * Finds the gas of each planned batch and chooses those that the account can pay for, the most valuable first.
 *
 * @throws {PreconditionError} FEE_ABOVE_LIMIT
 */
export async function pricePlan(
  connection: Connection,
  { plan, tickets, simulations }: Survey,
  { account, feeLimit }: { readonly account?: Address; readonly feeLimit?: bigint },
): Promise<PricedPlan> {
  const { rpc } = connection
  const from = account ?? zeroAddress
  const [market, balance] = await Promise.all([
    readFeeMarket(rpc),
    account === undefined ? null : rpc.request('eth_getBalance', [account, 'latest']),
  ])
  const gas = await inTurns(plan.batches, batchesAtOnce, (batch) =>
    batchGasLimit(
      connection,
      from,
      batch.tickets.flatMap(({ hash }) => tickets.get(hash)?.ticket ?? []),
      batch.tickets.flatMap(({ hash }) => simulations.get(hash) ?? []),
    ),
  )
  const { maxFeePerGas, maxPriorityFeePerGas } = chooseFees(market, feeLimit)
  const expectedPrice = smaller(market.baseFeePerGas + maxPriorityFeePerGas, maxFeePerGas)
  const priced = plan.batches.map((planned, at): PricedBatch => ({
    planned,
    tickets: planned.tickets.flatMap((ticket) => withStored(ticket, tickets)),
    expectedFeeWei: (gas[at]?.estimate ?? 0n) * expectedPrice,
    maxCostWei: (gas[at]?.limit ?? 0n) * maxFeePerGas,
  }))
  const balanceWei = balance === null ? null : quantity(balance)
  const { batches, unaffordable, missingGasWei } =
    balanceWei === null
      ? { batches: priced, unaffordable: [], missingGasWei: 0n }
      : chooseAffordable(priced, balanceWei)
  return {
    batches,
    unaffordable,
    balanceWei,
    maxFeePerGasWei: maxFeePerGas,
    expectedFeeWei: sum(batches.map(({ expectedFeeWei }) => expectedFeeWei)),
    maxCostWei: sum(batches.map(({ maxCostWei }) => maxCostWei)),
    missingGasWei,
  }
}

/**
 * The batches that an account can pay for when each costs what is expected, and when before each there is enough for the
 * most that it can cost, as nodes demand. The most valuable come first.
 */
export function chooseAffordable<
  Cost extends {
    readonly planned: Pick<Batch, 'payoutWei'>
    readonly expectedFeeWei: bigint
    readonly maxCostWei: bigint
  },
>(
  priced: readonly Cost[],
  balanceWei: bigint,
): { readonly batches: Cost[]; readonly unaffordable: Cost[]; readonly missingGasWei: bigint } {
  const chosen = new Set<Cost>()
  let leftWei = balanceWei
  const worth = ({ planned, expectedFeeWei }: Cost) => planned.payoutWei - expectedFeeWei
  for (const batch of [...priced].sort((a, b) => (worth(a) < worth(b) ? 1 : worth(a) > worth(b) ? -1 : 0))) {
    if (batch.maxCostWei > leftWei) continue
    chosen.add(batch)
    leftWei -= batch.expectedFeeWei
  }
  const unaffordable = priced.filter((batch) => !chosen.has(batch))
  const neededWei = sum(unaffordable.map(({ maxCostWei }) => maxCostWei))
  return {
    batches: priced.filter((batch) => chosen.has(batch)),
    unaffordable,
    missingGasWei: neededWei > leftWei ? neededWei - leftWei : 0n,
  }
}

function withStored(
  { hash, payoutWei }: Batch['tickets'][number],
  tickets: ReadonlyMap<string, StoredTicket>,
): BatchTicket[] {
  const stored = tickets.get(hash)
  return stored === undefined ? [] : [{ stored, payoutWei }]
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, wei) => total + wei, 0n)
}
