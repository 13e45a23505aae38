import { RpcResponseError } from '../chain/rpc.ts'
import { ConfigurationError, findLpPayError, RpcUnavailableError } from '../errors.ts'
import type { RpcState } from './facts.ts'

export type Trouble = Exclude<RpcState, { kind: 'fit' }>

/**
 * What an error says of the one RPC that was asked.
 *
 * @throws the error itself when it is not about the RPC
 */
export function troubleOf(thrown: unknown): Trouble {
  const error = findLpPayError(thrown)
  if (error instanceof ConfigurationError || error instanceof RpcResponseError) {
    const { actualChainId } = error.details
    const chainId = typeof actualChainId === 'bigint' ? actualChainId : undefined
    return { kind: 'unfit', cause: error.message, chainId }
  }
  if (error instanceof RpcUnavailableError && error.code !== 'RPC_INTERRUPTED') {
    return { kind: 'unreachable', cause: firstCause(error) ?? error.message }
  }
  throw thrown
}

/** Without the list of RPCs around it, of which there is only one. */
function firstCause({ details: { endpoints } }: RpcUnavailableError): string | undefined {
  const first: unknown = Array.isArray(endpoints) ? endpoints[0] : undefined
  if (typeof first !== 'object' || first === null || !('cause' in first)) return undefined
  return typeof first.cause === 'string' ? first.cause : undefined
}
