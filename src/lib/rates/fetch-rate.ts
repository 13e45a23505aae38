import type { Network } from '../chain/network.ts'
import { createRpcPool } from '../chain/rpc-pool.ts'
import type { Rate } from '../pricing/rate.ts'
import { readRate } from './read-rate.ts'
import type { RateRequest } from './read-rate.ts'

export interface RateEndpoints {
  readonly network: Network
  readonly urls: readonly string[]
  readonly signal?: AbortSignal
  readonly onFailover?: (origin: string, cause: string) => void
}

/**
 * `readRate` for who has no connection: over endpoints that have proven to be on the network. One round trip.
 *
 * @throws {ConfigurationError} RPC_MISSING, RPC_URL_INVALID, RPC_WRONG_CHAIN, CONTROLLER_MISSING, and as `readRate`
 */
export async function fetchRate(
  { network, ...endpoints }: RateEndpoints,
  request: RateRequest,
): Promise<Rate> {
  const { chainId, controller, name: networkName } = network
  const rpc = createRpcPool({ ...endpoints, networkName, chainId, controller })
  try {
    return await readRate(rpc, network, request)
  } finally {
    rpc.close()
  }
}
