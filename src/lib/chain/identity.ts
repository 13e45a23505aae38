import type { Address } from 'viem'

import { ConfigurationError } from '../errors.ts'
import type { CallOutcome, EndpointFailure, RpcCall } from './http-json-rpc.ts'

/** The chain that every endpoint must prove to be on. */
export interface ExpectedChain {
  readonly networkName: string
  readonly chainId: number
  readonly controller: Address
}

/** The calls whose answers prove an endpoint, in the order in which `proveIdentity` takes the outcomes. */
export function identityCalls({ controller }: ExpectedChain): readonly [RpcCall, RpcCall] {
  return [
    { method: 'eth_chainId', params: '[]' },
    { method: 'eth_getCode', params: JSON.stringify([controller, 'latest']) },
  ]
}

/**
 * Gives undefined when an endpoint is on the expected chain, or why that cannot be told.
 *
 * @throws {ConfigurationError} RPC_WRONG_CHAIN, CONTROLLER_MISSING
 */
export function proveIdentity(
  origin: string,
  expected: ExpectedChain,
  chainIdOutcome: CallOutcome | undefined,
  codeOutcome: CallOutcome | undefined,
): EndpointFailure | undefined {
  const chainId = hexIn(chainIdOutcome, /^0x[0-9a-f]{1,64}$/i)
  if (chainId === undefined) return failureOf(chainIdOutcome, 'eth_chainId')
  if (BigInt(chainId) !== BigInt(expected.chainId)) throw wrongChain(origin, expected, BigInt(chainId))
  const code = hexIn(codeOutcome, /^0x[0-9a-f]*$/i)
  if (code === undefined) return failureOf(codeOutcome, 'eth_getCode')
  if (code === '0x') throw controllerMissing(origin, expected)
  return undefined
}

function hexIn(outcome: CallOutcome | undefined, form: RegExp): string | undefined {
  if (outcome?.kind !== 'result' || typeof outcome.result !== 'string') return undefined
  return form.test(outcome.result) ? outcome.result : undefined
}

function failureOf(outcome: CallOutcome | undefined, method: string): EndpointFailure {
  if (outcome?.kind === 'failed') return outcome.failure
  return { cause: `no proper answer to ${method}`, lasting: true, retryAfterMs: 0, written: true }
}

function wrongChain(
  origin: string,
  { networkName, chainId }: ExpectedChain,
  actual: bigint,
): ConfigurationError {
  return new ConfigurationError(
    'RPC_WRONG_CHAIN',
    `the RPC ${origin} is on chain ${actual}, but ${networkName} is chain ${chainId}`,
    {
      details: { origin, expectedChainId: chainId, actualChainId: actual },
      nextSteps: [`pass --rpc-url with an RPC of ${networkName}`, 'pass --network for the chain of this RPC'],
    },
  )
}

function controllerMissing(origin: string, { networkName, controller }: ExpectedChain): ConfigurationError {
  return new ConfigurationError(
    'CONTROLLER_MISSING',
    `the RPC ${origin} has no contract at ${controller}, the Controller of ${networkName}`,
    {
      details: { origin, network: networkName, controller },
      nextSteps: ['check the network and its Controller address'],
    },
  )
}
