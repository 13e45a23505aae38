import type { Address } from 'viem'

import { quantity } from '../chain/quantity.ts'
import { bondingManagerAbi } from '../contracts/abi/bonding-manager.ts'
import type { Connection } from '../contracts/connect.ts'
import { readContract } from '../contracts/read-contract.ts'
import { readRound } from '../rounds/read-round.ts'
import type { Round } from '../rounds/read-round.ts'

/** What redemptions have earned an account and still lies in the protocol. */
export interface FeesState {
  readonly network: string
  readonly address: Address
  /** What withdrawFees can pay out, in wei; go-livepeer and explorers call it pending fees. */
  readonly pendingFeesWei: bigint
  readonly walletWei: bigint
  readonly activeOrchestrator: boolean
  readonly round: Round
}

/** Reads what an account has earned, in one round trip. */
export async function readFees(connection: Connection, address: Address): Promise<FeesState> {
  const { rpc, contracts, network } = connection
  const manager = { address: contracts.BondingManager, abi: bondingManagerAbi } as const
  const [pendingFeesWei, activeOrchestrator, wallet, round] = await Promise.all([
    // The contract pays no heed to the round.
    readContract(rpc, { ...manager, functionName: 'pendingFees', args: [address, 0n] }),
    readContract(rpc, { ...manager, functionName: 'isActiveTranscoder', args: [address] }),
    rpc.request('eth_getBalance', [address, 'latest']),
    readRound(connection),
  ])
  return {
    network: network.name,
    address,
    pendingFeesWei,
    walletWei: quantity(wallet),
    activeOrchestrator,
    round,
  }
}
