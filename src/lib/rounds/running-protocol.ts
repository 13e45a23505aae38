import type { Connection } from '../contracts/connect.ts'
import { PreconditionError } from '../errors.ts'
import type { Round } from './read-round.ts'

/**
 * What must hold before anything is sent to the protocol.
 *
 * @throws {PreconditionError} PROTOCOL_PAUSED, ROUND_NOT_INITIALIZED
 */
export function requireRunningProtocol(connection: Connection, round: Round): void {
  if (connection.paused) {
    throw new PreconditionError(
      'PROTOCOL_PAUSED',
      `the Livepeer contracts on ${connection.network.name} are paused`,
      {
        nextSteps: ['wait until they are unpaused, then repeat the command'],
      },
    )
  }
  if (!round.initialized) {
    throw new PreconditionError(
      'ROUND_NOT_INITIALIZED',
      `round ${String(round.current)} on ${connection.network.name} is not initialised yet`,
      {
        details: { round: round.current, lastInitializedRound: round.lastInitialized },
        nextSteps: [
          connection.network.local
            ? 'initialise it: lp-pay devnet advance'
            : 'somebody initialises it, usually within minutes: repeat the command then',
        ],
      },
    )
  }
}
