import { decodeFunctionResult, encodeFunctionData, numberToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { devnetDeployer } from '../../src/lib/devnet/accounts.ts'
import type { DevnetRpc } from '../../src/lib/devnet/json-rpc.ts'
import type { Artifact } from './artifacts.ts'

export async function deploy(rpc: DevnetRpc, name: string, data: Hex, expected?: Address): Promise<Address> {
  const { contractAddress } = await transact(rpc, name, { from: devnetDeployer.address, data })
  if (expected !== undefined && contractAddress?.toLowerCase() !== expected.toLowerCase()) {
    throw new Error(
      `${name} is at ${String(contractAddress)}, but src/lib/devnet/network.ts says ${expected}`,
    )
  }
  if (contractAddress === null) throw new Error(`${name} was not deployed`)
  return contractAddress
}

export async function send(
  rpc: DevnetRpc,
  to: Address,
  { abi }: Artifact,
  functionName: string,
  args: readonly unknown[],
  from: Address = devnetDeployer.address,
): Promise<void> {
  await transact(rpc, functionName, { from, to, data: encodeFunctionData({ abi, functionName, args }) })
}

interface Receipt {
  readonly status: Hex
  readonly contractAddress: Address | null
}

async function transact(rpc: DevnetRpc, what: string, transaction: object): Promise<Receipt> {
  // Without a price anvil offers a tip of its own, which may be more than the most that it would pay.
  const priced = { ...transaction, gas: numberToHex(10_000_000), gasPrice: numberToHex(10n ** 9n) }
  const hash = await rpc.request('eth_sendTransaction', [priced])
  for (let attempt = 0; attempt < 2000; attempt++) {
    const receipt = (await rpc.request('eth_getTransactionReceipt', [hash])) as Receipt | null
    if (receipt?.status === '0x1') return receipt
    if (receipt !== null) throw new Error(`${what} reverted`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error(`${what} was not mined`)
}

export async function read(
  rpc: DevnetRpc,
  to: Address,
  { abi }: Artifact,
  functionName: string,
  args: readonly unknown[],
): Promise<unknown> {
  const data = encodeFunctionData({ abi, functionName, args })
  const answer = (await rpc.request('eth_call', [{ to, data }, 'latest'])) as Hex
  return decodeFunctionResult({ abi, functionName, args, data: answer })
}
