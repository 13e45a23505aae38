import { encodeFunctionData } from 'viem'
import type { Address, EncodeFunctionDataParameters } from 'viem'

import { ticketBrokerAbi } from '../../contracts/abi/ticket-broker.ts'
import type { Connection } from '../../contracts/connect.ts'
import { PreconditionError } from '../../errors.ts'
import type { Call, Operation } from '../../tx/operation.ts'
import { phaseOf } from '../phase.ts'
import type { Phase } from '../phase.ts'
import type { SenderState } from '../read-sender.ts'

/** What a sender holds in the TicketBroker. */
export interface Holdings {
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly phase: Phase
}

/** What an operation does to a sender, in words and in figures. */
export interface SenderEffect {
  readonly summary: string
  readonly sender: Address
  readonly before: Holdings
  readonly after: Holdings
}

export type SenderOperation = Operation<SenderState, SenderEffect>

export function holdingsOf(state: SenderState): Holdings {
  return { depositWei: state.depositWei, reserveWei: state.reserveWei, phase: phaseOf(state) }
}

type Write =
  | 'fundDeposit'
  | 'fundReserve'
  | 'fundDepositAndReserve'
  | 'fundDepositAndReserveFor'
  | 'unlock'
  | 'cancelUnlock'
  | 'withdraw'

/** A call of the TicketBroker. */
export function brokerCall(
  connection: Connection,
  functionName: Write,
  args: readonly unknown[] = [],
  value = 0n,
): Call {
  const data = encodeFunctionData({
    abi: ticketBrokerAbi,
    functionName,
    args,
  } as EncodeFunctionDataParameters<typeof ticketBrokerAbi, Write>)
  return { to: connection.contracts.TicketBroker, data, value }
}

/**
 * What must hold before anything is sent to the protocol.
 *
 * @throws {PreconditionError} PROTOCOL_PAUSED, ROUND_NOT_INITIALIZED
 */
export function requireRunningProtocol(connection: Connection, state: SenderState): void {
  if (connection.paused) {
    throw new PreconditionError(
      'PROTOCOL_PAUSED',
      `the Livepeer contracts on ${connection.network.name} are paused`,
      {
        nextSteps: ['wait until they are unpaused, then repeat the command'],
      },
    )
  }
  if (!state.round.initialized) {
    throw new PreconditionError(
      'ROUND_NOT_INITIALIZED',
      `round ${String(state.round.current)} on ${connection.network.name} is not initialised yet`,
      {
        details: { round: state.round.current, lastInitializedRound: state.round.lastInitialized },
        nextSteps: [
          connection.network.local
            ? 'initialise it: lp-pay devnet advance'
            : 'somebody initialises it, usually within minutes: repeat the command then',
        ],
      },
    )
  }
}
