import { UsageError } from '../../errors.ts'
import { dearestRedemption } from './gas-model.ts'
import type { GasPrice, PlanOptions } from './types.ts'

/** Gas at most half of the payout, no partial payouts, and batches that are half of what a block of Arbitrum holds. */
export const defaultPlanOptions: PlanOptions = {
  minPayoutWei: 0n,
  maxGasShare: { numerator: 1n, denominator: 2n },
  includePartial: false,
  maxTicketsPerBatch: 100,
  maxGasPerBatch: 16_000_000n,
}

/** @throws {UsageError} PLAN_OPTION_INVALID */
export function checkPlanOptions(options: PlanOptions, gas: GasPrice): void {
  const { numerator, denominator } = options.maxGasShare
  if (numerator <= 0n || denominator <= 0n || numerator > denominator) {
    throw invalid('the gas share must be more than 0 and at most 1')
  }
  if (!Number.isSafeInteger(options.maxTicketsPerBatch) || options.maxTicketsPerBatch < 1) {
    throw invalid('a batch must have room for at least one ticket')
  }
  const least = dearestRedemption + gas.dataGasPerTicket
  if (options.maxGasPerBatch < least) {
    throw invalid(`a batch must be allowed at least ${String(least)} gas, what one ticket may cost`)
  }
}

function invalid(why: string): UsageError {
  return new UsageError('PLAN_OPTION_INVALID', why)
}
