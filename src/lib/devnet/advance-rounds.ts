import { encodeFunctionData, zeroHash } from 'viem'

import { PreconditionError, UsageError } from '../errors.ts'
import { devnetAbi } from './abi.ts'
import { connectDevnet } from './json-rpc.ts'
import type { DevnetRpc } from './json-rpc.ts'
import { devnetContracts } from './network.ts'
import { readDevnet, requireDevnet } from './read-devnet.ts'
import { warpToRound } from './rounds.ts'
import { sendAsDeployer } from './send-as-deployer.ts'

const mostRounds = 10_000

export interface AdvanceRoundsOptions {
  readonly rpcUrl: string
  /** How many, from 1 to 10,000. */
  readonly rounds: number
  readonly onRound?: ((round: bigint) => void) | undefined
}

export interface AdvancedRounds {
  readonly fromRound: bigint
  readonly toRound: bigint
}

/**
 * Moves a devnet on by whole rounds, one at a time. The blocks in between are not mined: the RoundsManager's storage is
 * changed so that the next round begins now, and a transaction initializes it.
 *
 * @throws {UsageError} ROUNDS_INVALID
 * @throws {ConfigurationError} NOT_A_DEVNET
 * @throws {PreconditionError} DEVNET_TRANSACTION_FAILED, DEVNET_NOT_MINING, DEVNET_ROUND_UNEXPECTED
 */
export async function advanceRounds({
  rpcUrl,
  rounds,
  onRound,
}: AdvanceRoundsOptions): Promise<AdvancedRounds> {
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > mostRounds) {
    throw new UsageError('ROUNDS_INVALID', `${String(rounds)} is not a number of rounds to advance`, {
      nextSteps: [`choose a whole number from 1 to ${String(mostRounds)}`],
    })
  }
  const rpc = connectDevnet(rpcUrl)
  try {
    await requireDevnet(rpc)
    const fromRound = await readRounds(rpc, 'currentRound')
    let round = fromRound
    for (let done = 0; done < rounds; done++) {
      round = await enterRound(rpc, round + 1n)
      onRound?.(round)
    }
    return { fromRound, toRound: round }
  } finally {
    rpc.close()
  }
}

async function enterRound(rpc: DevnetRpc, round: bigint): Promise<bigint> {
  await warpToRound(rpc, round, await readRounds(rpc, 'blockNum'))
  await sendAsDeployer(rpc, {
    to: devnetContracts.RoundsManager,
    data: encodeFunctionData({ abi: devnetAbi, functionName: 'initializeRound' }),
    purpose: `initialize round ${String(round)}`,
  })
  const address = devnetContracts.RoundsManager
  const [reached, initialized, blockHash] = await Promise.all([
    readDevnet(rpc, { address, functionName: 'currentRound', args: [] }),
    readDevnet(rpc, { address, functionName: 'currentRoundInitialized', args: [] }),
    readDevnet(rpc, { address, functionName: 'blockHashForRound', args: [round] }),
  ])
  if (reached === round && initialized && blockHash !== zeroHash) return round
  throw new PreconditionError(
    'DEVNET_ROUND_UNEXPECTED',
    `the devnet did not come to round ${String(round)}`,
    {
      details: { expectedRound: round, currentRound: reached, initialized, blockHashForRound: blockHash },
      nextSteps: ['use a devnet that nothing else moves on: lp-pay devnet up --port PORT'],
    },
  )
}

function readRounds(rpc: DevnetRpc, functionName: 'currentRound' | 'blockNum'): Promise<bigint> {
  return readDevnet(rpc, { address: devnetContracts.RoundsManager, functionName, args: [] })
}
