import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { handlers } from './node-handlers.ts'
import type { NodeReply } from './node-handlers.ts'
import { startMemory } from './node-state.ts'
import type { NodeFlags, NodeMemory } from './node-state.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly authorization: string | undefined
  readonly body: string
}

/** Answers a request in the node's place. */
export type Interference = (response: ServerResponse, request: SeenRequest) => void

/** A stand-in for a go-livepeer node: real HTTP, and as strict and as odd as its local interface is. */
export interface NodeServer {
  readonly url: string
  readonly port: number
  /** What it holds until it is started again. */
  readonly memory: NodeMemory
  /** All requests since the last call of `forget`. */
  readonly requests: readonly SeenRequest[]
  /** The requests that would change something. */
  readonly writes: readonly SeenRequest[]
  forget(): void
  /** Answers the next requests to a path in the node's place, until the returned function is called. */
  interfere(path: string, how: Interference): () => void
  /** Ends and begins again: every connection breaks, and all that was set is lost. */
  restart(flags?: Partial<NodeFlags>): Promise<void>
  /** Goes away; `start` brings it back as a restart would. */
  stop(): Promise<void>
  start(): Promise<void>
}

const defaults: NodeFlags = {
  kind: 'gateway',
  onChain: true,
  chainId: 42_161n,
  address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  prices: {},
  version: '0.8.9-176aa415',
}

/** Starts a node on loopback; a test's hook stops it. */
export async function startNodeServer(options: Partial<NodeFlags> = {}): Promise<NodeServer> {
  let flags = { ...defaults, ...options }
  let memory = startMemory(flags)
  let requests: SeenRequest[] = []
  const interferences = new Map<string, Interference>()
  let server: Server | undefined
  let port = 0

  const answer = (request: IncomingMessage, body: string, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://node')
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: pathname,
      contentType: request.headers['content-type'] ?? '',
      authorization: request.headers.authorization,
      body,
    }
    requests.push(seen)
    const interference = interferences.get(pathname)
    if (interference !== undefined) {
      interference(response, seen)
      return
    }
    const reply = replyTo(seen, searchParams)
    response
      .writeHead(reply.status, {
        'content-type': reply.json === true ? 'application/json' : 'text/plain; charset=utf-8',
      })
      .end(reply.body)
  }

  function replyTo({ method, path, contentType, body }: SeenRequest, query: URLSearchParams): NodeReply {
    const handler = handlers[path]
    if (handler === undefined) return { status: 404, body: '404 page not found\n' }
    const isForm = contentType.split(';')[0]?.trim() === 'application/x-www-form-urlencoded'
    const form = new URLSearchParams(method === 'POST' && isForm ? body : '')
    const value = (name: string) => form.get(name) ?? query.get(name) ?? ''
    const missing = handler.params?.find((name) => value(name) === '')
    if (missing !== undefined) return { status: 400, body: `missing form param: ${missing}\n` }
    if (handler.needsClient === true && !flags.onChain) return { status: 500, body: 'missing ETH client\n' }
    return handler.handle({ flags, memory, form: value })
  }

  async function start(): Promise<void> {
    memory = startMemory(flags)
    const fresh = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response))
    })
    // As Go, which keeps an idle connection for as long as it lives.
    fresh.keepAliveTimeout = 0
    await new Promise<void>((resolve, reject) => {
      fresh.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    ;({ port } = fresh.address() as AddressInfo)
    server = fresh
  }

  async function stop(): Promise<void> {
    const ending = server
    if (ending === undefined) return
    server = undefined
    const closed = new Promise((resolve) => ending.close(resolve))
    ending.closeAllConnections()
    await closed
  }

  await start()
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    get memory() {
      return memory
    },
    get requests() {
      return requests
    },
    get writes() {
      return requests.filter(({ path }) => path.startsWith('/set'))
    },
    forget() {
      requests = []
    },
    interfere(path, how) {
      interferences.set(path, how)
      return () => interferences.delete(path)
    },
    async restart(changed = {}) {
      flags = { ...flags, ...changed }
      await stop()
      await start()
    },
    stop,
    start,
  }
}

/** A node for each test of the surrounding suite. */
export function useNodeServer(): {
  start(options?: Partial<NodeFlags>): Promise<NodeServer>
} {
  const servers: NodeServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop()
  })
  return {
    async start(options) {
      const server = await startNodeServer(options)
      servers.push(server)
      return server
    },
  }
}
