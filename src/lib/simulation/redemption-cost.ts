import { UsageError } from '../errors.ts'
import { ceilRational, rational } from '../pm/rational.ts'

/** Gas of redemptions by what causes it, as `redemption/plan/gas-model.ts` measured it. */
export interface RedemptionGas {
  /** of each ticket */
  readonly ticket: bigint
  /** of a transaction with one ticket, before the ticket */
  readonly single: bigint
  /** of a transaction with several, before the first */
  readonly batch: bigint
}

export interface RedemptionTerms {
  readonly gas: RedemptionGas
  /** wei a gas */
  readonly gasPriceWei: bigint
  /** Tickets in one transaction; batches are taken to be full. */
  readonly batchSize: bigint
}

/**
 * What redeeming one ticket costs, in wei, rounded up.
 *
 * @throws {UsageError} BATCH_SIZE_INVALID, GAS_PRICE_INVALID
 */
export function redemptionCost({ gas, gasPriceWei, batchSize }: RedemptionTerms): bigint {
  if (batchSize < 1n) throw new UsageError('BATCH_SIZE_INVALID', 'a batch has at least one ticket')
  if (gasPriceWei < 0n) throw new UsageError('GAS_PRICE_INVALID', 'a gas price is not below zero')
  const base = batchSize === 1n ? gas.single : gas.batch
  return ceilRational(rational((base + gas.ticket * batchSize) * gasPriceWei, batchSize))
}
