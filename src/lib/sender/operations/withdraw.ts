import type { Address } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import { PreconditionError } from '../../errors.ts'
import { formatWei } from '../../units/wei.ts'
import { requireRunningProtocol } from '../../rounds/running-protocol.ts'
import { readSender } from '../read-sender.ts'
import { refuseEmpty, refuseLocked, unlockingText } from './refusals.ts'
import { brokerCall, holdingsOf, senderOperation } from './sender-operation.ts'
import type { SenderOperation } from './sender-operation.ts'

/** Withdraws the whole deposit and the whole reserve to the sender's wallet; the contract knows no part of it. */
export function withdrawOperation(connection: Connection, from: Address): SenderOperation {
  return senderOperation(connection, {
    name: 'withdraw',
    requestKey: JSON.stringify(['withdraw', from.toLowerCase()]),
    followsState: false,
    read: () => readSender(connection, from),
    plan(state) {
      requireRunningProtocol(connection, state.round)
      refuseEmpty(state)
      refuseLocked(state)
      const before = holdingsOf(state)
      if (before.phase === 'unlocking') {
        throw new PreconditionError('STILL_UNLOCKING', `still unlocking: ${unlockingText(state)}`, {
          details: { withdrawRound: state.withdrawRound, currentRound: state.round.current },
          nextSteps: [
            connection.network.local
              ? `lp-pay devnet advance --rounds ${String(state.withdrawRound - state.round.current)}`
              : 'repeat the command then; watch: lp-pay status --watch',
          ],
        })
      }
      return {
        call: brokerCall(connection, 'withdraw'),
        effect: {
          summary: `withdraw ${formatWei(state.depositWei)} ETH of deposit and ${formatWei(state.reserveWei)} ETH of reserve`,
          before,
          after: { depositWei: 0n, reserveWei: 0n, phase: 'empty' },
        },
        cautions: [],
      }
    },
  })
}
