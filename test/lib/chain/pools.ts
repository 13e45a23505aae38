import assert from 'node:assert/strict'

import { createRpcPool } from '../../../src/lib/chain/rpc-pool.ts'
import type { RpcPoolOptions } from '../../../src/lib/chain/rpc-pool.ts'
import type { Rpc } from '../../../src/lib/chain/rpc.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { chainId, controller } from './bare-anvil.ts'

export interface TestPool extends Rpc {
  /** How long the pool wanted to pause, each time. */
  readonly pausesMs: readonly number[]
  /** Endpoints left for others, and why. */
  readonly failovers: readonly string[]
}

/** Pools for the bare anvil that do not pause; all are closed after each test. */
export function usePools(): (urls: readonly string[], options?: Partial<RpcPoolOptions>) => TestPool {
  const open: Rpc[] = []
  afterEach(() => open.splice(0).forEach((rpc) => rpc.close()))
  return (urls, options = {}) => {
    const pausesMs: number[] = []
    const failovers: string[] = []
    const rpc = createRpcPool({
      urls,
      chainId,
      controller,
      networkName: 'testnet',
      pause: (ms) => Promise.resolve(pausesMs.push(ms)),
      onFailover: (origin, cause) => failovers.push(`${origin}: ${cause}`),
      ...options,
    })
    open.push(rpc)
    return Object.assign(Object.create(rpc) as Rpc, { pausesMs, failovers })
  }
}

/** The error of ours that a promise fails with. */
export async function errorOf(promise: Promise<unknown>): Promise<LpPayError> {
  const error = await promise.then(
    () => assert.fail('it did not fail'),
    (thrown: unknown) => thrown,
  )
  assert(error instanceof LpPayError, String(error))
  return error
}
