import { decodeFunctionResult, encodeFunctionData } from 'viem'
import type { Address, ContractFunctionReturnType, Hex } from 'viem'

import { ticketBrokerAbi } from '../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetContracts } from '../../src/lib/devnet/network.ts'
import type { TestDevnet } from '../helpers/devnet.ts'

const abi = ticketBrokerAbi

/** The deposit and the withdraw round, and the reserve. */
export type SenderInfo = ContractFunctionReturnType<typeof abi, 'view', 'getSenderInfo'>

export async function senderInfo(chain: TestDevnet, sender: Address): Promise<SenderInfo> {
  const call = { abi, functionName: 'getSenderInfo', args: [sender] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

/** @throws {RpcResponseError} the contract's sum is below zero */
export async function claimableReserve(
  chain: TestDevnet,
  holder: Address,
  claimant: Address,
): Promise<bigint> {
  const call = { abi, functionName: 'claimableReserve', args: [holder, claimant] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

export async function claimedReserve(chain: TestDevnet, holder: Address, claimant: Address): Promise<bigint> {
  const call = { abi, functionName: 'claimedReserve', args: [holder, claimant] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

export async function isUsed(chain: TestDevnet, hash: Hex): Promise<boolean> {
  const call = { abi, functionName: 'usedTickets', args: [hash] } as const
  return decodeFunctionResult({ ...call, data: await ask(chain, encodeFunctionData(call)) })
}

async function ask(chain: TestDevnet, data: Hex): Promise<Hex> {
  return (await chain.rpc('eth_call', [{ to: devnetContracts.TicketBroker, data }, 'latest'])) as Hex
}
