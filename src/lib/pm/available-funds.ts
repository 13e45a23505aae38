import type { FloatInputs } from './max-float.ts'

/**
 * What go-livepeer takes a sender to have for one orchestrator's redemptions, in wei; may be below zero
 * (`availableFunds`). It redeems nothing unless this is more than the transaction costs.
 */
export function availableFunds({ reserveAllocWei, depositWei, pendingWei }: FloatInputs): bigint {
  return reserveAllocWei + depositWei - pendingWei
}
