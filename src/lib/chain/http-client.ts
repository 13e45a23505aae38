import * as http from 'node:http'
import type * as https from 'node:https'

import type { Endpoint } from './endpoint.ts'

/** What came of one POST. */
export type PostResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number; readonly body: string }
  | {
      readonly kind: 'broken'
      readonly cause: string
      /** False only when it is certain that no byte of the request left this machine. */
      readonly written: boolean
    }

export interface HttpClientOptions {
  /** Bounds connecting, sending and reading the whole answer together. */
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly signal: AbortSignal
  /** Called for each HTTP request begun. */
  readonly onRequest: () => void
}

export interface HttpClient {
  /** Posts JSON. Asks again at once when a kept connection turns out to be closed. */
  readonly post: (body: string) => Promise<PostResult>
  /** Posts JSON over a connection of its own, and never twice. */
  readonly postOnce: (body: string) => Promise<PostResult>
  readonly close: () => void
}

type Agent = http.Agent | false

/** An HTTP client for one endpoint, over node:http because global fetch takes far longer to start. */
export function createHttpClient(endpoint: Endpoint, options: HttpClientOptions): HttpClient {
  let kept: http.Agent | undefined
  const load = async () => {
    const module = endpoint.secure ? await import('node:https') : http
    kept ??= new module.Agent({ keepAlive: true })
    return { module, kept }
  }
  return {
    async post(body) {
      const { module, kept } = await load()
      const result = await exchange(module, endpoint, options, kept, body)
      return result.stale ? exchange(module, endpoint, options, kept, body) : result
    },
    async postOnce(body) {
      const { module } = await load()
      return exchange(module, endpoint, options, false, body)
    },
    close: () => kept?.destroy(),
  }
}

function exchange(
  module: typeof http | typeof https,
  endpoint: Endpoint,
  { timeoutMs, maxBodyBytes, signal, onRequest }: HttpClientOptions,
  agent: Agent,
  body: string,
): Promise<PostResult & { readonly stale: boolean }> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'broken', cause: 'interrupted', written: false, stale: false })
      return
    }
    let written = false
    let settled = false
    onRequest()
    const request = module.request({
      agent,
      method: 'POST',
      hostname: endpoint.hostname,
      port: endpoint.port,
      path: endpoint.path,
      headers: headersOf(endpoint, body),
    })
    const finish = (result: PostResult, stale = false) => {
      settled = true
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupt)
      resolve({ ...result, stale })
    }
    const fail = (cause: string, stale = false) => {
      if (settled) return
      finish({ kind: 'broken', cause, written }, stale)
      request.destroy()
    }
    const interrupt = () => fail('interrupted')
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
    signal.addEventListener('abort', interrupt)

    // Node holds the request back until the connection stands, so before that nothing can have been sent.
    request.on('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) written = true
      else socket.once(endpoint.secure ? 'secureConnect' : 'connect', () => (written = true))
    })
    request.on('error', (error) => fail(describe(error), request.reusedSocket && isLostConnection(error)))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBodyBytes) fail(`an answer of more than ${maxBodyBytes} bytes`)
        else chunks.push(chunk)
      })
      response.on('error', () => fail('the answer broke off'))
      response.on('end', () => {
        const status = response.statusCode ?? 0
        const retryAfterMs = parseRetryAfter(response.headers['retry-after'])
        finish({ kind: 'answer', status, retryAfterMs, body: Buffer.concat(chunks).toString('utf8') })
      })
      response.on('close', () => fail('the answer broke off'))
    })
    request.end(body)
  })
}

function headersOf(endpoint: Endpoint, body: string): http.OutgoingHttpHeaders {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'lp-pay',
    ...(endpoint.authorization === undefined ? {} : { authorization: endpoint.authorization }),
  }
}

/** Milliseconds to wait by a Retry-After header, in seconds or as a date; 0 when there is none. */
function parseRetryAfter(header: string | undefined): number {
  if (header === undefined) return 0
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name could not be looked up',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connection timed out',
}

function describe(error: NodeJS.ErrnoException): string {
  const code = error.code ?? ''
  if (code.startsWith('HPE_')) return 'an answer that is not HTTP'
  return causes[code] ?? (code === '' ? error.message : `connection failed (${code})`)
}

function isLostConnection(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE'
}
