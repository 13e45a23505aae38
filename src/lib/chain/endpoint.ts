import { ConfigurationError } from '../errors.ts'
import { originOf, redactUrls } from '../text/redact-urls.ts'
import { sanitize } from '../text/sanitize.ts'

/** Where an RPC, or another HTTP interface, listens. Of all its fields only `origin` may be shown. */
export interface Endpoint {
  readonly origin: string
  readonly secure: boolean
  readonly hostname: string
  readonly port: number
  readonly path: string
  readonly authorization: string | undefined
  /** Makes a text from outside fit to show: no control characters, no URLs, no secret of this endpoint, short. */
  readonly clean: (text: string, maxLength: number) => string
}

/**
 * Reads the RPC URLs of a network.
 *
 * @throws {ConfigurationError} RPC_MISSING, RPC_URL_INVALID
 */
export function parseEndpoints(
  urls: readonly string[],
  networkName: string,
): readonly [Endpoint, ...Endpoint[]] {
  const [first, ...rest] = urls.map((text, index) => endpointOf(parseHttpUrl(text, index)))
  if (first === undefined) {
    throw new ConfigurationError('RPC_MISSING', `no RPC URL for ${networkName}`, {
      details: { network: networkName },
      nextSteps: ['lp-pay init', 'pass --rpc-url URL'],
    })
  }
  return [first, ...rest]
}

/** The endpoint of an http or https URL. */
export function endpointOf(url: URL): Endpoint {
  const user = decode(url.username)
  const password = decode(url.password)
  const hasUser = user !== '' || password !== ''
  const authorization = hasUser ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : undefined
  const secrets = secretsOf(url, authorization)
  const secure = url.protocol === 'https:'
  return {
    origin: originOf(url.href),
    secure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    authorization,
    clean: (outside, maxLength) =>
      shorten(hide(redactUrls(sanitize(outside.slice(0, longestOutside))), secrets), maxLength),
  }
}

function parseHttpUrl(text: string, index: number): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  // What is not a URL may be an API key pasted alone, so nothing of it is repeated.
  throw new ConfigurationError(
    'RPC_URL_INVALID',
    `RPC URL number ${index + 1} does not begin with http:// or https://`,
    {
      details: { position: index + 1 },
      nextSteps: ['pass --rpc-url https://HOST/PATH'],
    },
  )
}

/** What is cleaned at all: far more than is ever shown. */
const longestOutside = 16_384

/** Shorter parts ("v3", "rpc") are words rather than keys, and hiding them would garble every message. */
const shortestSecret = 4

function secretsOf(url: URL, authorization: string | undefined): readonly string[] {
  const parts = [
    url.username,
    url.password,
    authorization?.slice('Basic '.length) ?? '',
    url.pathname + url.search,
    url.pathname,
    ...url.pathname.split('/'),
    url.search.slice(1),
    // A name without a value may be the key itself; other names are words.
    ...[...url.searchParams].map(([name, value]) => (value === '' ? name : value)),
    ...url.search
      .slice(1)
      .split('&')
      .map((pair) => pair.slice(pair.indexOf('=') + 1)),
    url.hash.slice(1),
  ]
  const forms = parts.flatMap((part) => [
    part,
    decode(part),
    encodeURIComponent(part),
    encodeURIComponent(decode(part)),
  ])
  return [...new Set(forms)]
    .filter((form) => form.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text)
}

function shorten(text: string, maxLength: number): string {
  const oneLine = text.replace(/\s+/g, ' ').trim()
  return oneLine.length <= maxLength ? oneLine : `${oneLine.slice(0, maxLength - 1)}…`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
