import { UsageError } from '../errors.ts'

/** Where orchestrators listen, unless they say otherwise. */
const defaultPort = '8935'

/**
 * Reads an orchestrator's service URI: `https://host:8935`; the port may be left out.
 *
 * @throws {UsageError} SERVICE_URI_INVALID
 */
export function parseServiceUri(text: string): string {
  const [, host, port = defaultPort] =
    /^https:\/\/([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?\/?$/i.exec(text.trim()) ?? []
  const uri = `https://${host ?? ''}:${port}`
  if (host !== undefined && URL.canParse(uri)) return uri
  throw new UsageError('SERVICE_URI_INVALID', 'this is not the service URI of an orchestrator', {
    nextSteps: ['write it like https://orchestrator.example:8935'],
  })
}
