import { decodeErrorResult, decodeFunctionResult, encodeFunctionData, numberToHex } from 'viem'
import type {
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  DecodeFunctionResultParameters,
  EncodeFunctionDataParameters,
  Hex,
} from 'viem'

import { malformed } from '../../chain/quantity.ts'
import { RpcResponseError } from '../../chain/rpc.ts'
import type { Rpc } from '../../chain/rpc.ts'
import { RpcUnavailableError } from '../../errors.ts'
import { redemptionProbeAbi, redemptionProbeCode } from './probe-code.ts'

type ProbeAbi = typeof redemptionProbeAbi
type Mutability = 'nonpayable' | 'view'
type ProbeFunction = ContractFunctionName<ProbeAbi, Mutability>
type ProbeArgs<name extends ProbeFunction> = ContractFunctionArgs<ProbeAbi, Mutability, name>
type ProbeAnswer<name extends ProbeFunction> = ContractFunctionReturnType<ProbeAbi, Mutability, name>

/** The last 20 bytes of keccak256("lp-pay redemption probe"): nobody has a key for it, and no code is there. */
const probeAddress: Address = '0x16b6B7Bf53E002f8D114a77B9b680f50840351eC'

/** What geth and nitro let a call use unless they are told otherwise; where less is allowed they take less. */
const callGas = 50_000_000

/** What a node answers that expects two parameters. */
const invalidParams = -32_602

/**
 * Calls a function of contracts/RedemptionProbe.sol, which exists for this call alone: the state override of `eth_call`
 * puts it on the chain as it was at the end of a block.
 *
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE the node takes no state override; RPC_GAS_CAP it lets a call use
 * too little gas; RPC_MALFORMED
 */
export async function callProbe<const name extends ProbeFunction>(
  rpc: Rpc,
  functionName: name,
  args: ProbeArgs<name>,
  block: bigint | 'latest' = 'latest',
  from?: Address,
): Promise<ProbeAnswer<name>> {
  const abi = redemptionProbeAbi
  const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
  const answer = await call(rpc, [
    { ...(from && { from }), to: probeAddress, data, gas: numberToHex(callGas) },
    block === 'latest' ? block : numberToHex(block),
    { [probeAddress]: { code: redemptionProbeCode } },
  ])
  const decode = { abi, functionName, args, data: answer } as unknown as DecodeFunctionResultParameters
  try {
    return decodeFunctionResult(decode) as ProbeAnswer<name>
  } catch {
    throw malformed()
  }
}

async function call(rpc: Rpc, params: readonly unknown[]): Promise<Hex> {
  try {
    const answer = await rpc.request('eth_call', params)
    // An account without code answers nothing: the node has passed over the override.
    if (answer !== '0x') return answer as Hex
  } catch (error) {
    if (!(error instanceof RpcResponseError)) throw error
    if (isNotEnoughGas(error)) throw gasCapError(error)
    if (error.rpcCode === invalidParams) throw withoutOverride(error)
    throw error
  }
  throw withoutOverride()
}

function isNotEnoughGas({ data }: RpcResponseError): boolean {
  try {
    return decodeErrorResult({ abi: redemptionProbeAbi, data: data as Hex }).errorName === 'NotEnoughGas'
  } catch {
    return false
  }
}

/** For a node that lets a call use too little gas to simulate anything. */
export function gasCapError(cause?: unknown): RpcUnavailableError {
  return new RpcUnavailableError('RPC_GAS_CAP', 'the RPC does not let a call use the gas that this takes', {
    nextSteps: ['use another RPC: --rpc-url URL'],
    cause,
  })
}

function withoutOverride(cause?: unknown): RpcUnavailableError {
  return new RpcUnavailableError(
    'RPC_WITHOUT_OVERRIDE',
    'the RPC does not take the state override of eth_call, with which redemptions are simulated',
    { nextSteps: ['use another RPC: --rpc-url URL'], cause },
  )
}
