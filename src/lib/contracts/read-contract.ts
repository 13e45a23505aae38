import { decodeFunctionResult, encodeFunctionData, numberToHex } from 'viem'
import type {
  Abi,
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  DecodeFunctionResultParameters,
  EncodeFunctionDataParameters,
  Hex,
} from 'viem'

import { RpcResponseError } from '../chain/rpc.ts'
import type { Rpc } from '../chain/rpc.ts'
import { ConfigurationError, LpPayError } from '../errors.ts'
import { isRevert } from './revert-reasons.ts'

type ReadMutability = 'pure' | 'view'

/**
 * One `eth_call` of a view function, at the latest block unless one is given. Calls made in the same turn share a round trip.
 *
 * @throws {ConfigurationError} CONTRACT_ANSWER_INVALID the answer is not what the ABI says
 */
export async function readContract<
  const abi extends Abi,
  name extends ContractFunctionName<abi, ReadMutability>,
  const args extends ContractFunctionArgs<abi, ReadMutability, name>,
>(
  rpc: Rpc,
  call: {
    readonly address: Address
    readonly abi: abi
    readonly functionName: name
    readonly args: args
    readonly block?: bigint
  },
): Promise<ContractFunctionReturnType<abi, ReadMutability, name, args>> {
  const { address, abi, functionName, args, block } = call
  const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
  try {
    const at = block === undefined ? 'latest' : numberToHex(block)
    const answer = (await rpc.request('eth_call', [{ to: address, data }, at])) as Hex
    const decode = { abi, functionName, args, data: answer } as unknown as DecodeFunctionResultParameters
    return decodeFunctionResult(decode) as ContractFunctionReturnType<abi, ReadMutability, name, args>
  } catch (cause) {
    if (cause instanceof LpPayError && !(cause instanceof RpcResponseError && isRevert(cause))) throw cause
    throw new ConfigurationError(
      'CONTRACT_ANSWER_INVALID',
      `the contract at ${address} does not answer ${functionName}() as a Livepeer contract does`,
      { cause, nextSteps: ['check the network and its Controller: lp-pay config show'] },
    )
  }
}
