import type { Network } from '../chain/network.ts'
import { createRpcPool } from '../chain/rpc-pool.ts'
import type { Rpc } from '../chain/rpc.ts'
import { RpcUnavailableError } from '../errors.ts'
import { controllerAbi } from './abi/controller.ts'
import { readContract } from './read-contract.ts'
import { resolveContracts } from './resolve-contracts.ts'
import type { Contracts } from './resolve-contracts.ts'

/** A chain whose identity is proven and whose contracts are resolved. */
export interface Connection {
  readonly network: Network
  readonly rpc: Rpc
  readonly contracts: Contracts
  readonly paused: boolean
  /** Names the chain beyond its id, so that a devnet started again is another chain: `<chain id>-<block 0>`. */
  readonly chainKey: string
}

export interface ConnectOptions {
  readonly network: Network
  readonly urls: readonly string[]
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly onFailover?: (origin: string, cause: string) => void
}

/** Connects in one round trip. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { network, urls, ...others } = options
  const rpc = createRpcPool({
    ...others,
    urls,
    chainId: network.chainId,
    controller: network.controller,
    networkName: network.name,
  })
  try {
    const [contracts, paused, genesis] = await Promise.all([
      resolveContracts(rpc, network),
      readContract(rpc, {
        address: network.controller,
        abi: controllerAbi,
        functionName: 'paused',
        args: [],
      }),
      rpc.request('eth_getBlockByNumber', ['0x0', false]),
    ])
    return {
      network,
      rpc,
      contracts,
      paused,
      chainKey: `${String(network.chainId)}-${blockHash(genesis).slice(2, 18)}`,
    }
  } catch (error) {
    rpc.close()
    throw error
  }
}

/** It becomes part of file names, so nothing but a hash will do. */
function blockHash(block: unknown): string {
  const hash = typeof block === 'object' && block !== null && 'hash' in block ? block.hash : undefined
  if (typeof hash === 'string' && /^0x[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase()
  throw new RpcUnavailableError('RPC_MALFORMED', 'the RPC does not know block 0 of its chain', {
    nextSteps: ['use another RPC: --rpc-url URL'],
  })
}
