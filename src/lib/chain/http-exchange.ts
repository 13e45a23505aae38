import type * as http from 'node:http'
import type * as https from 'node:https'

import type { Endpoint } from './endpoint.ts'

/** What came of one HTTP request. */
export type HttpResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number; readonly body: string }
  | {
      readonly kind: 'broken'
      readonly cause: string
      /** False only when it is certain that no byte of the request left this machine. */
      readonly written: boolean
    }

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Of the body; absent: there is none. */
  readonly contentType?: string
  readonly accept: string
  readonly body: string
}

export interface HttpOptions {
  /** Bounds connecting, sending and reading the whole answer together. */
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly signal: AbortSignal
  /** Called for each HTTP request begun. */
  readonly onRequest: () => void
}

/** A connection that may be kept for the next request, or none that is. */
export type Agent = http.Agent | false

export type ExchangeResult = HttpResult & {
  /** A kept connection turned out to be closed: asking again makes a new one. */
  readonly stale: boolean
  /** The connection had served a request before. */
  readonly reused: boolean
}

/** One HTTP request and its answer; follows no redirects, and throws for nothing that the network does. */
export function exchange(
  module: typeof http | typeof https,
  endpoint: Endpoint,
  { timeoutMs, maxBodyBytes, signal, onRequest }: HttpOptions,
  agent: Agent,
  { method, path, contentType, accept, body }: HttpRequest,
): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'broken', cause: 'interrupted', written: false, stale: false, reused: false })
      return
    }
    let written = false
    let settled = false
    onRequest()
    const request = module.request({
      agent,
      method,
      hostname: endpoint.hostname,
      port: endpoint.port,
      path,
      headers: headersOf(endpoint, accept, contentType, body),
    })
    const finish = (result: HttpResult, stale = false) => {
      settled = true
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupt)
      resolve({ ...result, stale, reused: request.reusedSocket })
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

function headersOf(
  endpoint: Endpoint,
  accept: string,
  contentType: string | undefined,
  body: string,
): http.OutgoingHttpHeaders {
  return {
    ...(contentType !== undefined && {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
    }),
    accept,
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
