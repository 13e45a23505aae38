import { decodeFunctionResult, encodeFunctionData, hexToNumber, numberToHex } from 'viem'
import type {
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  DecodeFunctionResultParameters,
  EncodeFunctionDataParameters,
  Hex,
} from 'viem'

import { ConfigurationError } from '../errors.ts'
import { devnetAbi } from './abi.ts'
import type { DevnetRpc } from './json-rpc.ts'
import { devnet } from './network.ts'

type ViewName = ContractFunctionName<typeof devnetAbi, 'view'>

export interface DevnetRead<name extends ViewName> {
  readonly address: Address
  readonly functionName: name
  readonly args: ContractFunctionArgs<typeof devnetAbi, 'view', name>
  /** The latest block unless one is given. */
  readonly blockNumber?: bigint
}

/** Calls a view function of one of the devnet's contracts. */
export async function readDevnet<const name extends ViewName>(
  rpc: DevnetRpc,
  { address, functionName, args, blockNumber }: DevnetRead<name>,
): Promise<ContractFunctionReturnType<typeof devnetAbi, 'view', name>> {
  const call = { abi: devnetAbi, functionName, args }
  // viem's types cannot follow a function name that is still generic.
  const data = encodeFunctionData(call as unknown as EncodeFunctionDataParameters)
  const block = blockNumber === undefined ? 'latest' : numberToHex(blockNumber)
  const answer = (await rpc.request('eth_call', [{ to: address, data }, block])) as Hex
  const decoded = decodeFunctionResult({ ...call, data: answer } as unknown as DecodeFunctionResultParameters)
  return decoded as ContractFunctionReturnType<typeof devnetAbi, 'view', name>
}

/**
 * Makes sure that a devnet answers, before anything about it is changed or believed.
 *
 * @throws {ConfigurationError} NOT_A_DEVNET
 */
export async function requireDevnet(rpc: DevnetRpc): Promise<void> {
  const [chainId, code] = await Promise.all([
    rpc.request('eth_chainId'),
    rpc.request('eth_getCode', [devnet.controller, 'latest']),
  ])
  if (hexToNumber(chainId as Hex) === devnet.chainId && code !== '0x') return
  throw new ConfigurationError('NOT_A_DEVNET', 'the node that answers is not a devnet of lp-pay', {
    details: { chainId: hexToNumber(chainId as Hex), controller: devnet.controller },
    nextSteps: ['start one on another port: lp-pay devnet up --port PORT'],
  })
}
