import assert from 'node:assert/strict'

import { parseEndpoints } from '../../../src/lib/chain/endpoint.ts'
import { createHttpJsonRpc } from '../../../src/lib/chain/http-json-rpc.ts'
import type {
  CallOutcome,
  EndpointFailure,
  HttpJsonRpc,
  HttpJsonRpcOptions,
  RpcCall,
} from '../../../src/lib/chain/http-json-rpc.ts'
import { startScriptedServer } from './scripted-server.ts'
import type { Script, ScriptedServer } from './scripted-server.ts'

export interface Asked {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

export interface Transports {
  /** The server of the test under way. */
  readonly server: ScriptedServer
  /** HTTP requests begun in the test under way. */
  requests: number
  readonly serve: (script: Script, options?: Partial<HttpJsonRpcOptions>) => Promise<HttpJsonRpc>
  readonly connect: (url: string, options?: Partial<HttpJsonRpcOptions>) => HttpJsonRpc
}

/** Transports to scripted servers; all are closed after each test. */
export function useTransports(): Transports {
  let server: ScriptedServer | undefined
  let rpc: HttpJsonRpc | undefined
  afterEach(async () => {
    rpc?.close()
    await server?.stop()
    rpc = server = undefined
    transports.requests = 0
  })
  const transports: Transports = {
    requests: 0,
    get server() {
      assert(server, 'no server is running')
      return server
    },
    async serve(script, options) {
      server = await startScriptedServer(script)
      return transports.connect(server.url, options)
    },
    connect(url, options = {}) {
      const [endpoint] = parseEndpoints([url], 'testnet')
      const { signal } = new AbortController()
      const onRequest = () => transports.requests++
      rpc = createHttpJsonRpc(endpoint, { timeoutMs: 10_000, signal, onRequest, ...options })
      return rpc
    },
  }
  return transports
}

export function calls(...methods: readonly string[]): readonly RpcCall[] {
  return methods.map((method) => ({ method, params: '[]' }))
}

export function echo({ id, method }: Asked): object {
  return { jsonrpc: '2.0', id, result: method }
}

/** Answers each call with its own method. */
export const answerAll: Script = (response, body) => {
  const parsed = JSON.parse(body) as Asked | readonly Asked[]
  response.end(JSON.stringify(Array.isArray(parsed) ? parsed.map(echo) : echo(parsed as Asked)))
}

export function resultsOf(outcomes: readonly CallOutcome[]): readonly unknown[] {
  return outcomes.map((outcome) => (outcome.kind === 'result' ? outcome.result : outcome.kind))
}

export async function failureOf(rpc: HttpJsonRpc, ...methods: readonly string[]): Promise<EndpointFailure> {
  const [outcome] = await rpc.call(calls(...methods))
  assert(outcome?.kind === 'failed', JSON.stringify(outcome))
  return outcome.failure
}
