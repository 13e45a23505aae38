import { endpointOf } from '../chain/endpoint.ts'
import type { Endpoint } from '../chain/endpoint.ts'
import { UsageError } from '../errors.ts'
import type { Side } from '../pricefile/pipelines.ts'

/** go-livepeer's own ports of `-cliAddr`. */
const ports: Readonly<Record<Side, number>> = { gateway: 5935, orchestrator: 7935 }

/** Where a node of this machine listens when nothing else is said. */
export function defaultNodeUrl(side: Side): string {
  return `http://127.0.0.1:${String(ports[side])}`
}

/**
 * Reads where a node's local HTTP interface (`-cliAddr`) listens.
 *
 * @throws {UsageError} NODE_URL_INVALID
 */
export function parseNodeUrl(text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url !== undefined && isHttp && url.pathname === '/' && url.search + url.hash === '') {
    return endpointOf(url)
  }
  // What is not a URL may be a key pasted alone, so nothing of it is repeated.
  throw new UsageError('NODE_URL_INVALID', "this is not where a node's local interface listens", {
    nextSteps: [`write ${defaultNodeUrl('orchestrator')}: http://, the host and the port of -cliAddr`],
  })
}
