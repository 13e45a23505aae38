import * as http from 'node:http'

import type { Endpoint } from './endpoint.ts'
import { exchange } from './http-exchange.ts'
import type { HttpOptions, HttpResult } from './http-exchange.ts'

export interface HttpClient {
  /** Posts JSON. Asks again at once when a kept connection turns out to be closed. */
  readonly post: (body: string) => Promise<HttpResult>
  /** Posts JSON over a connection of its own, and never twice. */
  readonly postOnce: (body: string) => Promise<HttpResult>
  readonly close: () => void
}

/** An HTTP client for one endpoint, over node:http because global fetch takes far longer to start. */
export function createHttpClient(endpoint: Endpoint, options: HttpOptions): HttpClient {
  let kept: http.Agent | undefined
  const load = async () => {
    const module = endpoint.secure ? await import('node:https') : http
    kept ??= new module.Agent({ keepAlive: true })
    return { module, kept }
  }
  const request = (body: string) =>
    ({
      method: 'POST',
      path: endpoint.path,
      contentType: 'application/json',
      accept: 'application/json',
      body,
    }) as const
  return {
    async post(body) {
      const { module, kept } = await load()
      const result = await exchange(module, endpoint, options, kept, request(body))
      return result.stale ? exchange(module, endpoint, options, kept, request(body)) : result
    },
    async postOnce(body) {
      const { module } = await load()
      return exchange(module, endpoint, options, false, request(body))
    },
    close: () => kept?.destroy(),
  }
}
