import type { Hex } from 'viem'

import { roundsManagerAbi } from '../contracts/abi/rounds-manager.ts'
import type { Connection } from '../contracts/connect.ts'
import { readContract } from '../contracts/read-contract.ts'

/** What a ticket says of when it was created; the contract holds it against the block hash it has kept. */
export interface CreationRound {
  readonly creationRound: bigint
  readonly creationRoundBlockHash: Hex
}

/** The round that new tickets are created in: the last one that was initialized. */
export async function readCreationRound({ rpc, contracts }: Connection): Promise<CreationRound> {
  const manager = { address: contracts.RoundsManager, abi: roundsManagerAbi } as const
  const creationRound = await readContract(rpc, {
    ...manager,
    functionName: 'lastInitializedRound',
    args: [],
  })
  const creationRoundBlockHash = await readContract(rpc, {
    ...manager,
    functionName: 'blockHashForRound',
    args: [creationRound],
  })
  return { creationRound, creationRoundBlockHash }
}
