import { createServer, Agent, request as httpRequest } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { createRuleBook } from './fault-rules.ts'
import type { CallFault, FaultRule, RequestFault, SeenCall } from './fault-rules.ts'
import { answerAsOf, askAsOf } from './lagging-view.ts'

export type { Fault, FaultRule } from './fault-rules.ts'

/** An HTTP request that the proxy has seen. */
export interface LoggedRequest {
  readonly path: string
  readonly authorization: string | undefined
  readonly isBatch: boolean
  readonly calls: readonly SeenCall[]
  /** The methods of the calls that have reached the node. */
  readonly forwarded: readonly string[]
}

export interface FaultProxy {
  readonly url: string
  /** Puts a rule in force until it is removed by what this returns. */
  inject(rule: FaultRule): () => void
  clear(): void
  readonly requests: readonly LoggedRequest[]
  /** Calls of a method that came in, whatever became of them. */
  count(method: string): number
  /** Calls of a method that reached the node. */
  forwarded(method: string): number
  /** Resolves when a method has come in `times` times in all. */
  seen(method: string, times?: number): Promise<void>
  stop(): Promise<void>
}

type Answer = Readonly<Record<string, unknown>>

/** A proxy in front of a JSON-RPC node, on loopback, that does to requests and answers what it is told to. */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const rules = createRuleBook()
  const requests: { -readonly [key in keyof LoggedRequest]: LoggedRequest[key] }[] = []
  const watchers = new Set<() => void>()
  const agent = new Agent({ keepAlive: true })
  const stopping = new AbortController()

  async function forward(body: unknown): Promise<{ status: number; body: string }> {
    const text = JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      const request = httpRequest(targetUrl, { method: 'POST', agent, headers }, (response) => {
        readAll(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject)
      })
      request.on('error', reject)
      request.end(text)
    })
  }

  async function headOfNode(): Promise<bigint> {
    const { body } = await forward({ jsonrpc: '2.0', id: 0, method: 'eth_blockNumber', params: [] })
    return BigInt((JSON.parse(body) as { result: string }).result)
  }

  /** Answers the calls of a request, each by its own faults, in the order they came in. */
  async function answerCalls(
    calls: readonly SeenCall[],
    isBatch: boolean,
    entry: { forwarded: readonly string[] },
  ) {
    const tasks = await Promise.all(
      calls.map(async (call) => prepare(call, rules.callFaults(call), headOfNode)),
    )
    const passing = tasks
      .filter(({ instead }) => instead === undefined)
      .map(({ ask }) => ({ jsonrpc: '2.0', ...ask }))
    if (passing.length === 0)
      return JSON.stringify(isBatch ? tasks.map(({ instead }) => instead) : tasks[0]?.instead)
    entry.forwarded = passing.map(({ method }) => method)
    const { body } = await forward(isBatch ? passing : passing[0])
    const answers = [JSON.parse(body) as Answer | readonly Answer[]].flat()
    const final = tasks.map(
      ({ ask, instead, finish }) =>
        instead ?? finish(answers.find(({ id }) => id === ask.id) ?? { id: ask.id }),
    )
    return JSON.stringify(isBatch ? final : final[0])
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = JSON.parse(await readAll(incoming)) as SeenCall | readonly SeenCall[]
    const isBatch = Array.isArray(parsed)
    const calls = [parsed].flat()
    const { authorization } = incoming.headers
    const entry = {
      path: incoming.url ?? '',
      authorization,
      isBatch,
      calls,
      forwarded: [] as readonly string[],
    }
    requests.push(entry)
    watchers.forEach((check) => check())
    const faults = rules.requestFaults(calls, isBatch)
    for (const fault of faults) {
      if (fault.kind === 'delay') await sleep(fault.ms, undefined, { signal: stopping.signal })
    }
    const before = faults.find((fault) => strikesBefore(fault))
    if (before !== undefined) {
      strike(before, calls, response)
      return
    }
    const text = await answerCalls(calls, isBatch, entry)
    const after = faults.find((fault) => fault.kind !== 'delay')
    if (after !== undefined) strike(after, calls, response, text)
    else send(response, 200, text)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 502, String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const callsOf = (method: string) =>
    requests.flatMap(({ calls }) => calls).filter((call) => call.method === method)

  return {
    url: `http://127.0.0.1:${port}`,
    inject: (rule) => rules.add(rule),
    clear: () => rules.clear(),
    requests,
    count: (method) => callsOf(method).length,
    forwarded: (method) =>
      requests.flatMap((entry) => entry.forwarded).filter((name) => name === method).length,
    seen: (method, times = 1) =>
      new Promise((resolve) => {
        const check = () => {
          if (callsOf(method).length < times) return
          watchers.delete(check)
          resolve()
        }
        watchers.add(check)
        check()
      }),
    async stop() {
      stopping.abort()
      agent.destroy()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** What to ask the node for a call, what to make of its answer, or what to answer instead of asking it. */
async function prepare(call: SeenCall, faults: readonly CallFault[], headOfNode: () => Promise<bigint>) {
  let ask = call
  let instead: Answer | undefined
  const changes: ((answer: Answer) => Answer)[] = []
  for (const fault of faults) {
    switch (fault.kind) {
      case 'jsonRpcError': {
        const { code, message, data } = fault
        const refusal = {
          jsonrpc: '2.0',
          id: call.id,
          error: { code, message, ...(data !== undefined && { data }) },
        }
        if (fault.when === 'after') changes.push(() => refusal)
        else instead ??= refusal
        break
      }
      case 'replaceResult':
        changes.push((answer) => withResult(answer, (result) => fault.with(result, call.params)))
        break
      case 'wrongChainId': {
        const { chainId } = fault
        const result = call.method === 'net_version' ? String(chainId) : `0x${chainId.toString(16)}`
        changes.push((answer) => withResult(answer, () => result))
        break
      }
      case 'lag': {
        const head = await headOfNode()
        const seen = head > BigInt(fault.blocks) ? head - BigInt(fault.blocks) : 0n
        ask = askAsOf(ask, seen)
        changes.push((answer) => withResult(answer, (result) => answerAsOf(call, result, seen)))
      }
    }
  }
  return { ask, instead, finish: (answer: Answer) => changes.reduce((left, change) => change(left), answer) }
}

function withResult(answer: Answer, change: (result: unknown) => unknown): Answer {
  return 'result' in answer ? { ...answer, result: change(answer['result']) } : answer
}

function strikesBefore(fault: RequestFault): boolean {
  if (fault.kind === 'rejectBatches') return true
  return 'when' in fault ? fault.when !== 'after' : ['status', 'hang', 'reset', 'html'].includes(fault.kind)
}

function strike(fault: RequestFault, calls: readonly SeenCall[], response: ServerResponse, text = ''): void {
  switch (fault.kind) {
    case 'status':
      send(response, fault.status, fault.body ?? 'no', { 'content-type': 'text/plain', ...fault.headers })
      return
    case 'html':
      send(response, 200, '<!doctype html><title>Bad gateway</title>', { 'content-type': 'text/html' })
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'dropReply':
      response.socket?.end()
      return
    case 'truncate':
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      })
      response.write(text.slice(0, text.length / 2), () => response.socket?.end())
      return
    case 'rejectBatches':
      send(response, ...batchRejection(fault.how, calls))
      return
    case 'hang':
    case 'delay':
  }
}

function batchRejection(
  how: 'object' | 'items' | 400 | 405 | 413,
  calls: readonly SeenCall[],
): readonly [status: number, body: string] {
  if (typeof how === 'number') return [how, 'no']
  const error = { code: -32600, message: 'batch requests are not supported' }
  if (how === 'object') return [200, JSON.stringify({ jsonrpc: '2.0', id: null, error })]
  return [200, JSON.stringify(calls.map(({ id }) => ({ jsonrpc: '2.0', id, error })))]
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const length = Buffer.byteLength(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers })
    .end(body)
}

async function readAll(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
