import { hexToBigInt } from 'viem'
import type { Address, Hex } from 'viem'

import { devnetAccounts } from './accounts.ts'
import type { DevnetAccount, DevnetRole } from './accounts.ts'
import { connectDevnet } from './json-rpc.ts'
import type { DevnetRpc } from './json-rpc.ts'
import { devnet, devnetContracts } from './network.ts'
import { readDevnet, requireDevnet } from './read-devnet.ts'

export interface DevnetAccountState {
  readonly name: string
  readonly role: DevnetRole
  readonly address: Address
  readonly balanceWei: bigint
  readonly depositWei: bigint
  readonly reserveWei: bigint
  /** Whether an orchestrator is active in the current round; other accounts have no such field. */
  readonly active?: boolean
}

export interface DevnetDescription {
  readonly chainId: number
  readonly blockNumber: bigint
  readonly currentRound: bigint
  readonly currentRoundInitialized: boolean
  /** In rounds. */
  readonly unlockPeriod: bigint
  readonly accounts: readonly DevnetAccountState[]
}

/**
 * Reads a devnet's round and its accounts, in two round trips.
 *
 * @throws {ConfigurationError} NOT_A_DEVNET
 * @throws {RpcUnavailableError} DEVNET_UNREACHABLE
 */
export async function describeDevnet({ rpcUrl }: { readonly rpcUrl: string }): Promise<DevnetDescription> {
  const rpc = connectDevnet(rpcUrl)
  try {
    const [, answer] = await Promise.all([requireDevnet(rpc), rpc.request('eth_blockNumber')])
    const blockNumber = hexToBigInt(answer as Hex)
    const { RoundsManager, TicketBroker } = devnetContracts
    const view = { args: [], blockNumber } as const
    const [currentRound, currentRoundInitialized, unlockPeriod, accounts] = await Promise.all([
      readDevnet(rpc, { ...view, address: RoundsManager, functionName: 'currentRound' }),
      readDevnet(rpc, { ...view, address: RoundsManager, functionName: 'currentRoundInitialized' }),
      readDevnet(rpc, { ...view, address: TicketBroker, functionName: 'unlockPeriod' }),
      Promise.all(devnetAccounts.map((account) => describeAccount(rpc, account, blockNumber))),
    ])
    return {
      chainId: devnet.chainId,
      blockNumber,
      currentRound,
      currentRoundInitialized,
      unlockPeriod,
      accounts,
    }
  } finally {
    rpc.close()
  }
}

async function describeAccount(
  rpc: DevnetRpc,
  { name, role, address }: DevnetAccount,
  blockNumber: bigint,
): Promise<DevnetAccountState> {
  const { TicketBroker, BondingManager } = devnetContracts
  const view = { args: [address], blockNumber } as const
  const [balance, [sender, reserve], active] = await Promise.all([
    rpc.request('eth_getBalance', [address, `0x${blockNumber.toString(16)}`]),
    readDevnet(rpc, { ...view, address: TicketBroker, functionName: 'getSenderInfo' }),
    role === 'orchestrator'
      ? readDevnet(rpc, { ...view, address: BondingManager, functionName: 'isActiveTranscoder' })
      : undefined,
  ])
  return {
    name,
    role,
    address,
    balanceWei: hexToBigInt(balance as Hex),
    depositWei: sender.deposit,
    reserveWei: reserve.fundsRemaining,
    ...(active === undefined ? {} : { active }),
  }
}
