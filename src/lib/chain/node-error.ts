/** The `error` member of a JSON-RPC answer. Its texts come from outside. */
export interface NodeError {
  readonly code: number
  readonly message: string
  /** The revert data, as hex, where there is any. */
  readonly data: string | undefined
}

/** What an error says about the request or about the node. */
export type NodeErrorKind =
  /** Another node would say the same. */
  | 'final'
  /** This node is overloaded, behind, broken or does not let us in. */
  | 'transient'
  /** This node wants one request at a time. */
  | 'batchUnsupported'

const methodNotFound = -32_601
const invalidParams = -32_602
const executionReverted = 3

const transientCodes: ReadonlySet<number> = new Set([
  -32_700, // it could not parse what other nodes can
  -32_600, // likewise
  -32_603, // internal error
  -32_001, // resource not found
  -32_002, // resource unavailable
  -32_005, // limit exceeded
  -32_007, // requests per second exceeded
  -32_016, // over rate limit
  ...[401, 402, 403, 404, 408, 429, 500, 502, 503, 504],
])

/** The only place that knows what nodes and providers write when they cannot answer for now. First match decides. */
const texts: readonly (readonly [pattern: RegExp, kind: NodeErrorKind])[] = [
  [/\brevert(?:ed)?\b/i, 'final'],
  [/query returned more than|block range|response size|more than \d+ (?:results|logs|blocks)/i, 'final'],
  [
    /batch\w*\b.{0,40}\b(?:not|un|dis)\s?(?:supported|allowed|enabled|abled)|(?:no|disallow\w*) batch/i,
    'batchUnsupported',
  ],
  [
    /batch\w*\b.{0,40}\b(?:too (?:large|big|many|long)|limit|exceed)|too many .{0,20}batch/i,
    'batchUnsupported',
  ],
  [/header not found|missing trie node|unknown block/i, 'transient'],
  [/\b(?:block|header|state|history)\b.{0,40}\b(?:not found|unavailable|not available|pruned)/i, 'transient'],
  [
    /rate[ -]?limit|too many requests|request limit|requests? per (?:second|minute|day)|compute units|quota/i,
    'transient',
  ],
  [/request (?:rate|count) exceeded|daily limit|throughput/i, 'transient'],
  [/timed? ?out|timeout|deadline exceeded|try again|please retry|temporar(?:y|ily)|overload/i, 'transient'],
  [
    /service unavailable|bad gateway|upstream|not synced|syncing|connection (?:refused|reset|closed)/i,
    'transient',
  ],
]

export function kindOf({ code, message }: NodeError): NodeErrorKind {
  if (code === executionReverted || code === methodNotFound || code === invalidParams) {
    return textKind(message) === 'batchUnsupported' ? 'batchUnsupported' : 'final'
  }
  return textKind(message) ?? (transientCodes.has(code) ? 'transient' : 'final')
}

function textKind(message: string): NodeErrorKind | undefined {
  return texts.find(([pattern]) => pattern.test(message))?.[1]
}

/** Reads the `error` member of an answer; undefined when it has not the shape of one. */
export function parseNodeError(value: unknown): NodeError | undefined {
  if (!isRecord(value)) return undefined
  const { code, message, data } = value
  if (typeof code !== 'number' || !Number.isInteger(code)) return undefined
  return { code, message: textOf(message), data: revertDataIn(data) }
}

/** Longer texts could make the patterns above slow. */
const longestText = 4096

/** A text from outside, not too long to be searched; empty when it is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestText) : ''
}

/** Some nodes wrap the revert data in an object of their own. */
function revertDataIn(value: unknown): string | undefined {
  if (isRecord(value)) return typeof value['data'] === 'string' ? value['data'] : undefined
  return typeof value === 'string' ? value : undefined
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
