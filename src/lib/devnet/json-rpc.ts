import { Agent, request as httpRequest } from 'node:http'

import { RpcResponseError } from '../chain/rpc.ts'
import { RpcUnavailableError, UsageError } from '../errors.ts'
import { originOf } from '../text/redact-urls.ts'
import { sanitize } from '../text/sanitize.ts'

const timeoutMilliseconds = 30_000

/** JSON-RPC to a node on this machine, anvil's own methods included. */
export interface DevnetRpc {
  /**
   * Requests made in the same turn of the event loop travel as one batch.
   *
   * @throws {RpcResponseError} the node answered with an error
   * @throws {RpcUnavailableError} DEVNET_UNREACHABLE nothing that speaks JSON-RPC answered
   */
  request(method: string, params?: readonly unknown[]): Promise<unknown>
  close(): void
}

interface Waiting {
  readonly method: string
  readonly params: readonly unknown[]
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Over node:http, because the global fetch costs 120 ms of start-up.
 *
 * @throws {UsageError} DEVNET_URL_INVALID
 */
export function connectDevnet(rpcUrl: string): DevnetRpc {
  const url = URL.canParse(rpcUrl) ? new URL(rpcUrl) : undefined
  if (url?.protocol !== 'http:') {
    throw new UsageError('DEVNET_URL_INVALID', `a devnet is reached over http, not at ${originOf(rpcUrl)}`, {
      nextSteps: ['pass a URL like http://127.0.0.1:8545'],
    })
  }
  const agent = new Agent({ keepAlive: true })
  let queue: Waiting[] = []
  const flush = () => {
    const batch = queue
    queue = []
    void settle(url, agent, batch)
  }
  return {
    request: (method, params = []) =>
      new Promise((resolve, reject) => {
        if (queue.push({ method, params, resolve, reject }) === 1) queueMicrotask(flush)
      }),
    close: () => {
      agent.destroy()
    },
  }
}

async function settle(url: URL, agent: Agent, batch: readonly Waiting[]): Promise<void> {
  try {
    const body = batch.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }))
    const answers = parseAnswers(await post(url, agent, JSON.stringify(body)))
    for (const [id, { method, resolve, reject }] of batch.entries()) {
      const answer = answers.get(id)
      if (answer === undefined) reject(unreachable(url, new Error(`no answer to ${method}`)))
      else if (isRecord(answer['error'])) reject(refusal(method, answer['error']))
      else resolve(answer['result'])
    }
  } catch (cause) {
    for (const { reject } of batch) reject(unreachable(url, cause))
  }
}

function post(url: URL, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = httpRequest(
      url,
      { method: 'POST', agent, headers, timeout: timeoutMilliseconds },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          resolve(Buffer.concat(chunks).toString('utf8'))
        })
        response.on('error', reject)
      },
    )
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
    request.end(body)
  })
}

function parseAnswers(text: string): Map<unknown, Record<string, unknown>> {
  const answers: unknown = JSON.parse(text)
  if (!Array.isArray(answers)) throw new Error('the answer is not a JSON-RPC batch')
  return new Map(answers.filter(isRecord).map((answer) => [answer['id'], answer]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function refusal(method: string, error: Record<string, unknown>): RpcResponseError {
  const message = sanitize(String(error['message'])).slice(0, 500)
  return new RpcResponseError(method, Number(error['code']), message, error['data'])
}

function unreachable(url: URL, cause: unknown): RpcUnavailableError {
  return new RpcUnavailableError('DEVNET_UNREACHABLE', `no devnet answers at ${url.origin}`, {
    cause,
    nextSteps: ['start one: lp-pay devnet up'],
  })
}
