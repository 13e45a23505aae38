import type { Candidate } from './candidate.ts'

/**
 * What counts for a ticket because of its expiry: all of an amount in its last round, half of it in the round before,
 * and so on. Less than nothing counts as nothing.
 */
export function hasteOf({ roundsLeft }: Candidate, amountWei: bigint): bigint {
  return amountWei > 0n ? amountWei >> (roundsLeft - 1n) : 0n
}
