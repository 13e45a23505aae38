import { roundsManagerAbi } from '../contracts/abi/rounds-manager.ts'
import type { Connection } from '../contracts/connect.ts'
import { readContract } from '../contracts/read-contract.ts'

/** The protocol's clock. Blocks are L1 blocks, whatever chain the contracts are on. */
export interface Round {
  readonly current: bigint
  readonly initialized: boolean
  readonly lastInitialized: bigint
  readonly startBlock: bigint
  readonly length: bigint
  readonly l1Block: bigint
}

/** Seconds between L1 blocks. */
const l1BlockSeconds = 12

/** Reads the RoundsManager's view of the round; shares a round trip with whatever is read in the same turn. */
export async function readRound({ rpc, contracts }: Connection): Promise<Round> {
  const manager = { address: contracts.RoundsManager, abi: roundsManagerAbi, args: [] } as const
  const [current, initialized, lastInitialized, startBlock, length, l1Block] = await Promise.all([
    readContract(rpc, { ...manager, functionName: 'currentRound' }),
    readContract(rpc, { ...manager, functionName: 'currentRoundInitialized' }),
    readContract(rpc, { ...manager, functionName: 'lastInitializedRound' }),
    readContract(rpc, { ...manager, functionName: 'currentRoundStartBlock' }),
    readContract(rpc, { ...manager, functionName: 'roundLength' }),
    readContract(rpc, { ...manager, functionName: 'blockNum' }),
  ])
  return { current, initialized, lastInitialized, startBlock, length, l1Block }
}

/** Estimated seconds until a later round begins; 0 when it has begun. */
export function secondsUntilRound(round: Round, later: bigint): number {
  if (later <= round.current) return 0
  const block = round.startBlock + (later - round.current) * round.length
  return Number(block > round.l1Block ? block - round.l1Block : 0n) * l1BlockSeconds
}
