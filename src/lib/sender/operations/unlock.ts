import type { Address } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import { PreconditionError } from '../../errors.ts'
import { secondsUntilRound } from '../../rounds/read-round.ts'
import { formatDuration } from '../../units/duration.ts'
import { requireRunningProtocol } from '../../rounds/running-protocol.ts'
import { phaseOf } from '../phase.ts'
import { readSender } from '../read-sender.ts'
import { refuseEmpty, unlockingText } from './refusals.ts'
import { brokerCall, holdingsOf, senderOperation } from './sender-operation.ts'
import type { SenderOperation } from './sender-operation.ts'

/** Begins to unlock the deposit and the reserve; both can be withdrawn some rounds later. */
export function unlockOperation(connection: Connection, from: Address): SenderOperation {
  return senderOperation(connection, {
    name: 'unlock',
    requestKey: JSON.stringify(['unlock', from.toLowerCase()]),
    followsState: false,
    read: () => readSender(connection, from),
    plan(state) {
      requireRunningProtocol(connection, state.round)
      refuseEmpty(state)
      const before = holdingsOf(state)
      if (before.phase === 'unlocking') {
        throw new PreconditionError('ALREADY_UNLOCKING', `already unlocking: ${unlockingText(state)}`, {
          details: { withdrawRound: state.withdrawRound, currentRound: state.round.current },
          nextSteps: ['to keep the funds in use: lp-pay unlock cancel'],
        })
      }
      if (before.phase === 'unlocked') {
        throw new PreconditionError(
          'ALREADY_UNLOCKED',
          `already unlocked since round ${String(state.withdrawRound)}`,
          {
            details: { withdrawRound: state.withdrawRound, currentRound: state.round.current },
            nextSteps: ['lp-pay withdraw'],
          },
        )
      }
      const withdrawRound = state.round.current + state.unlockPeriod
      const wait = formatDuration(secondsUntilRound(state.round, withdrawRound))
      const unlocked = { ...state, withdrawRound }
      return {
        call: brokerCall(connection, 'unlock'),
        effect: {
          summary: `unlock the deposit and the reserve; withdraw from round ${String(withdrawRound)} on, in about ${wait}`,
          before,
          after: { ...before, phase: phaseOf(unlocked) },
        },
        cautions: ['orchestrators stop taking your tickets one round before the funds unlock'],
      }
    },
  })
}
