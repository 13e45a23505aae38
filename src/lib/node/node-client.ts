import * as http from 'node:http'

import type { Endpoint } from '../chain/endpoint.ts'
import { exchange } from '../chain/http-exchange.ts'
import type { HttpRequest, HttpResult } from '../chain/http-exchange.ts'
import { PreconditionError, RpcUnavailableError, UnknownStateError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'

/** The local HTTP interface of one go-livepeer node. */
export interface NodeClient {
  /** The only part of its URL that may be shown. */
  readonly origin: string
  /**
   * So many connections were made so far. A node keeps one for as long as it lives, so a new one may mean that it has
   * been started again.
   */
  readonly connections: number
  /**
   * The text that a getter answers with.
   *
   * @throws {LpPayError} NODE_UNREACHABLE, NODE_OFF_CHAIN, NODE_REFUSED, NODE_FAILED, NODE_UNUSABLE
   */
  get(path: string): Promise<string>
  /**
   * Sets something; sent again when a kept connection turns out to be closed, as setting twice is setting once.
   *
   * @throws {LpPayError} as {@link NodeClient.get}, and NODE_ANSWER_LOST when it is not known whether it was set
   */
  set(path: string, form: Readonly<Record<string, string>>): Promise<void>
  close(): void
}

export interface NodeClientOptions {
  /** Ends waiting for what is only read; what is being set is waited for. */
  readonly signal: AbortSignal
  readonly timeoutMs?: number
}

const defaultTimeoutMs = 15_000
/** A node that prices every gateway there is answers with less. */
const maxBodyBytes = 4 * 1024 * 1024
const longestReason = 200

/** A client that speaks forms and plain texts, follows no redirect, and takes no other answer than a node's. */
export function createNodeClient(
  endpoint: Endpoint,
  { signal, timeoutMs = defaultTimeoutMs }: NodeClientOptions,
): NodeClient {
  const { origin } = endpoint
  const patient = new AbortController().signal
  let kept: http.Agent | undefined
  let connections = 0

  async function ask(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
    const module = endpoint.secure ? await import('node:https') : http
    kept ??= new module.Agent({ keepAlive: true, maxSockets: 1 })
    const options = { timeoutMs, maxBodyBytes, signal, onRequest: () => undefined }
    const first = await exchange(module, endpoint, options, kept, request)
    const result = first.stale ? await exchange(module, endpoint, options, kept, request) : first
    if (!result.reused) connections++
    return result
  }

  const unusable = (why: string) =>
    new RpcUnavailableError('NODE_UNUSABLE', `${origin} ${why}: that is no go-livepeer node`, {
      details: { node: origin },
      nextSteps: ['--node URL names the host and the port of its -cliAddr'],
    })

  /** @throws {LpPayError} for every answer that is not a success in a node's own form */
  function readBody(result: HttpResult & { kind: 'answer' }, path: string): string {
    const { status, body } = result
    if (status >= 300 && status < 400) throw unusable('sends elsewhere')
    if (status === 404) throw unusable(`does not know ${path}`)
    const isMarkup = /^\s*</.test(body)
    if (isMarkup) throw unusable('answers with a web page')
    if (status === 200) return body
    throw refusal(status, endpoint.clean(body, longestReason) || 'no reason given')
  }

  function refusal(status: number, reason: string): LpPayError {
    const details = { node: origin, status, reason }
    if (reason === 'missing ETH client') {
      return new PreconditionError('NODE_OFF_CHAIN', `${origin} is an off-chain node: ${reason}`, {
        details,
        nextSteps: ['start it with -network and -ethUrl: off the chain nobody pays'],
      })
    }
    if (status < 500)
      return new PreconditionError('NODE_REFUSED', `${origin} refused: ${reason}`, { details })
    return new RpcUnavailableError('NODE_FAILED', `${origin} failed: ${reason}`, { details })
  }

  const unreachable = (cause: string) =>
    new RpcUnavailableError('NODE_UNREACHABLE', `${origin} does not answer: ${cause}`, {
      details: { node: origin, cause },
      nextSteps: ['is the node running, and is this its -cliAddr? --node URL names another'],
    })

  return {
    origin,
    get connections() {
      return connections
    },
    async get(path) {
      const result = await ask({ method: 'GET', path, accept: '*/*', body: '' }, signal)
      if (result.kind === 'broken') throw unreachable(result.cause)
      return readBody(result, path)
    },
    async set(path, form) {
      const request = {
        method: 'POST',
        path,
        contentType: 'application/x-www-form-urlencoded',
        accept: '*/*',
        body: new URLSearchParams(form).toString(),
      } as const
      const result = await ask(request, patient)
      if (result.kind === 'broken') {
        if (!result.written) throw unreachable(result.cause)
        throw new UnknownStateError('NODE_ANSWER_LOST', `${origin} did not answer: ${result.cause}`, {
          details: { node: origin, cause: result.cause },
          nextSteps: ['repeat the command: setting twice is setting once'],
        })
      }
      const body = readBody(result, path)
      if (/^\s*[{[]/.test(body)) throw unusable('answers with JSON where a node answers with text')
    },
    close: () => kept?.destroy(),
  }
}
