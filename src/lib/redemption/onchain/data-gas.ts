import { decodeFunctionResult, encodeFunctionData, hexToBytes } from 'viem'
import type { Address, Hex } from 'viem'

import { malformed } from '../../chain/quantity.ts'
import type { Rpc } from '../../chain/rpc.ts'
import type { Call } from '../../tx/operation.ts'

/** Arbitrum's NodeInterface: nitro answers calls to it itself, elsewhere there is nothing. */
const nodeInterface: Address = '0x00000000000000000000000000000000000000C8'

const nodeInterfaceAbi = [
  {
    name: 'gasEstimateL1Component',
    type: 'function',
    stateMutability: 'payable',
    inputs: [
      { type: 'address', name: 'to' },
      { type: 'bool', name: 'contractCreation' },
      { type: 'bytes', name: 'data' },
    ],
    outputs: [
      { type: 'uint64', name: 'gasEstimateForL1' },
      { type: 'uint256', name: 'baseFee' },
      { type: 'uint256', name: 'l1BaseFeeEstimate' },
    ],
  },
] as const

/** What every transaction pays before it runs: 21,000, and for its calldata 16 gas a byte, 4 for a zero. */
export function intrinsicGas(data: Hex): bigint {
  let gas = 21_000
  for (const byte of hexToBytes(data)) gas += byte === 0 ? 4 : 16
  return BigInt(gas)
}

/**
 * The gas that Arbitrum adds to a call's own for writing its calldata to L1, at this moment's prices; 0n where nothing
 * answers for the NodeInterface.
 *
 * @throws {RpcUnavailableError}
 */
export async function readDataGas(rpc: Rpc, { to, data }: Call): Promise<bigint> {
  const abi = nodeInterfaceAbi
  const question = encodeFunctionData({
    abi,
    functionName: 'gasEstimateL1Component',
    args: [to, false, data],
  })
  const answer = (await rpc.request('eth_call', [{ to: nodeInterface, data: question }, 'latest'])) as Hex
  if (answer === '0x') return 0n
  try {
    const [gas] = decodeFunctionResult({ abi, functionName: 'gasEstimateL1Component', data: answer })
    return gas
  } catch {
    throw malformed()
  }
}
