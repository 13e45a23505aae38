import { secondsUntilRound } from '../rounds/read-round.ts'
import type { SenderState } from './read-sender.ts'

/**
 * Where a sender stands between funding and withdrawing:
 * empty (nothing to withdraw), locked, unlocking (until withdrawRound), unlocked (may withdraw).
 */
export type Phase = 'empty' | 'locked' | 'unlocking' | 'unlocked'

export function phaseOf(state: SenderState): Phase {
  if (state.depositWei + state.reserveWei === 0n) return 'empty'
  if (state.withdrawRound === 0n) return 'locked'
  return state.round.current >= state.withdrawRound ? 'unlocked' : 'unlocking'
}

/** Estimated seconds until an unlocking sender may withdraw. */
export function secondsUntilWithdrawal(state: SenderState): number {
  return secondsUntilRound(state.round, state.withdrawRound)
}
