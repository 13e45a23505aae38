import type { Address } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import { requireRunningProtocol } from '../../rounds/running-protocol.ts'
import { readSender } from '../read-sender.ts'
import { refuseEmpty, refuseLocked } from './refusals.ts'
import { brokerCall, holdingsOf, senderOperation } from './sender-operation.ts'
import type { SenderOperation } from './sender-operation.ts'

/** Takes an unlock back; deposit and reserve are in use again. */
export function cancelUnlockOperation(connection: Connection, from: Address): SenderOperation {
  return senderOperation(connection, {
    name: 'unlock cancel',
    requestKey: JSON.stringify(['unlock cancel', from.toLowerCase()]),
    followsState: false,
    read: () => readSender(connection, from),
    plan(state) {
      requireRunningProtocol(connection, state.round)
      refuseEmpty(state)
      refuseLocked(state)
      const before = holdingsOf(state)
      return {
        call: brokerCall(connection, 'cancelUnlock'),
        effect: {
          summary: `cancel the unlock of round ${String(state.withdrawRound)}`,
          before,
          after: { ...before, phase: 'locked' },
        },
        cautions: [],
      }
    },
  })
}
