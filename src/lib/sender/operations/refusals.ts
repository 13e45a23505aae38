import { PreconditionError } from '../../errors.ts'
import { formatDuration } from '../../units/duration.ts'
import { phaseOf, secondsUntilWithdrawal } from '../phase.ts'
import type { SenderState } from '../read-sender.ts'

/** @throws {PreconditionError} NOTHING_DEPOSITED */
export function refuseEmpty(state: SenderState): void {
  if (phaseOf(state) !== 'empty') return
  throw new PreconditionError('NOTHING_DEPOSITED', `${state.address} has neither deposit nor reserve`, {
    nextSteps: ['lp-pay deposit 0.1 --reserve 0.36'],
  })
}

/** @throws {PreconditionError} NOT_UNLOCKING */
export function refuseLocked(state: SenderState): void {
  if (phaseOf(state) !== 'locked') return
  throw new PreconditionError(
    'NOT_UNLOCKING',
    'the deposit and the reserve are locked, and no unlock was begun',
    {
      details: { currentRound: state.round.current, unlockPeriod: state.unlockPeriod },
      nextSteps: [`lp-pay unlock (then wait ${String(state.unlockPeriod)} rounds)`],
    },
  )
}

/** When the funds of an unlocking sender can be withdrawn. */
export function unlockingText(state: SenderState): string {
  const wait = formatDuration(secondsUntilWithdrawal(state))
  return `withdrawal opens in round ${String(state.withdrawRound)}, now is round ${String(state.round.current)} (about ${wait})`
}
