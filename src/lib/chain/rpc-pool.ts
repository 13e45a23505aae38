import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { keccak256 } from 'viem'

import { RpcUnavailableError } from '../errors.ts'
import { createCoalescer } from './coalesce.ts'
import { parseEndpoints } from './endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { createFailover, interrupted } from './failover.ts'
import type { Answered } from './failover.ts'
import { createHttpJsonRpc } from './http-json-rpc.ts'
import type { RpcCall } from './http-json-rpc.ts'
import type { ExpectedChain } from './identity.ts'
import type { NodeError } from './node-error.ts'
import { createPeer } from './peer.ts'
import { readSendOutcome } from './refusal.ts'
import { RpcResponseError } from './rpc.ts'
import type { Rpc } from './rpc.ts'

export interface RpcPoolOptions extends ExpectedChain {
  /** In order of preference. */
  readonly urls: readonly string[]
  /** Bounds each HTTP request, from connecting to the last byte of the answer; 10 s by default. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Told when an endpoint is left for another; both texts are fit to show. */
  readonly onFailover?: (origin: string, cause: string) => void
  /** Pauses between turns over all endpoints; tests replace it. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

interface PendingCall extends RpcCall {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** With the two calls that identify an endpoint 50 in an HTTP request, which providers commonly allow. */
const largestBatch = 48
const defaultTimeoutMs = 10_000
const longestMessage = 500

/**
 * An `Rpc` over HTTP. Connects to nothing before the first request.
 *
 * @throws {ConfigurationError} RPC_MISSING, RPC_URL_INVALID
 */
export function createRpcPool(options: RpcPoolOptions): Rpc {
  const { networkName, chainId, controller, signal, onFailover } = options
  const [firstEndpoint, ...otherEndpoints] = parseEndpoints(options.urls, networkName)
  const ending = new AbortController()
  // Every request under way listens to it, and Node warns of more than ten listeners.
  setMaxListeners(0, ending.signal)
  const end = () => ending.abort()
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)

  let roundTrips = 0
  const transport = {
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    signal: ending.signal,
    onRequest: () => {
      roundTrips++
    },
  }
  const toPeer = (endpoint: Endpoint) =>
    createPeer(createHttpJsonRpc(endpoint, transport), { networkName, chainId, controller })
  const peers = [toPeer(firstEndpoint), ...otherEndpoints.map(toPeer)] as const
  const failover = createFailover({
    peers: [peers[0], ...peers.slice(1)],
    networkName,
    signal: ending.signal,
    pause: options.pause ?? ((ms, abort) => sleep(ms, undefined, { signal: abort })),
    onFailover,
  })

  const enqueue = createCoalescer<PendingCall>(largestBatch, (batch) => {
    failover.ask(batch).then(
      (answered) => settle(batch, answered),
      (error: unknown) => batch.forEach((call) => call.reject(error)),
    )
  })

  return {
    request(method, params = []) {
      return new Promise((resolve, reject) => {
        if (ending.signal.aborted) throw interrupted()
        if (method.startsWith('eth_send')) throw new Error(`${method} must go through sendRawTransaction`)
        enqueue({ method, params: JSON.stringify(params), resolve, reject })
      })
    },
    async sendRawTransaction(signed) {
      const hash = keccak256(signed)
      try {
        while (!failover.preferred.isProven) await failover.ask([])
      } catch (error) {
        if (error instanceof RpcUnavailableError) return { kind: 'notSent', message: error.message }
        throw error
      }
      const { preferred } = failover
      const outcome = await preferred.askOnce({
        method: 'eth_sendRawTransaction',
        params: JSON.stringify([signed]),
      })
      return readSendOutcome(preferred.endpoint, hash, outcome)
    },
    get roundTrips() {
      return roundTrips
    },
    close() {
      signal?.removeEventListener('abort', end)
      end()
      for (const peer of peers) peer.close()
    },
  }
}

function settle(batch: readonly PendingCall[], { peer, outcomes, unavailable }: Answered): void {
  for (const [index, { method, resolve, reject }] of batch.entries()) {
    const outcome = outcomes[index]
    if (outcome?.kind === 'result') resolve(outcome.result)
    else if (outcome?.kind === 'error') reject(responseError(peer.endpoint, method, outcome.error))
    else reject(unavailable)
  }
}

function responseError({ clean }: Endpoint, method: string, error: NodeError): RpcResponseError {
  const message = clean(error.message, longestMessage) || 'no reason given'
  const isHex = error.data === undefined || /^0x[0-9a-f]*$/i.test(error.data)
  return new RpcResponseError(
    method,
    error.code,
    message,
    isHex ? error.data : clean(error.data, longestMessage),
  )
}
