import type { Address } from 'viem'

import { quantity } from '../chain/quantity.ts'
import { bondingManagerAbi } from '../contracts/abi/bonding-manager.ts'
import { ticketBrokerAbi } from '../contracts/abi/ticket-broker.ts'
import type { Connection } from '../contracts/connect.ts'
import { readContract } from '../contracts/read-contract.ts'
import { readRound } from '../rounds/read-round.ts'
import type { Round } from '../rounds/read-round.ts'

/** A gateway's account in the TicketBroker, and what is needed to judge it. */
export interface SenderState {
  readonly address: Address
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly reserveClaimedInCurrentRoundWei: bigint
  /** 0 while no unlock was begun; kept by the contract after a withdrawal. */
  readonly withdrawRound: bigint
  /** Rounds between unlock and withdrawal. */
  readonly unlockPeriod: bigint
  readonly round: Round
  /** Active orchestrators, who share the reserve. */
  readonly poolSize: bigint
  readonly walletWei: bigint
  readonly gasPriceWei: bigint
}

/** Reads everything about a sender in one round trip. */
export async function readSender(connection: Connection, address: Address): Promise<SenderState> {
  const { rpc, contracts } = connection
  const [info, unlockPeriod, poolSize, round, wallet, gasPrice] = await Promise.all([
    readContract(rpc, {
      address: contracts.TicketBroker,
      abi: ticketBrokerAbi,
      functionName: 'getSenderInfo',
      args: [address],
    }),
    readContract(rpc, {
      address: contracts.TicketBroker,
      abi: ticketBrokerAbi,
      functionName: 'unlockPeriod',
      args: [],
    }),
    readContract(rpc, {
      address: contracts.BondingManager,
      abi: bondingManagerAbi,
      functionName: 'getTranscoderPoolSize',
      args: [],
    }),
    readRound(connection),
    rpc.request('eth_getBalance', [address, 'latest']),
    rpc.request('eth_gasPrice'),
  ])
  const [sender, reserve] = info
  return {
    address,
    depositWei: sender.deposit,
    reserveWei: reserve.fundsRemaining,
    reserveClaimedInCurrentRoundWei: reserve.claimedInCurrentRound,
    withdrawRound: sender.withdrawRound,
    unlockPeriod,
    round,
    poolSize,
    walletWei: quantity(wallet),
    gasPriceWei: quantity(gasPrice),
  }
}
