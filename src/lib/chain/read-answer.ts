import { isRecord, kindOf, parseNodeError, textOf } from './node-error.ts'
import type { NodeError } from './node-error.ts'

/** What a node says to one request. */
export type Item =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: NodeError }

/** What an HTTP answer says to the requests in it. `cause` holds texts from outside. */
export type Answer =
  | { readonly kind: 'items'; readonly items: ReadonlyMap<number, Item> }
  /** The endpoint wants one request at a time. */
  | { readonly kind: 'batchRejected' }
  | {
      readonly kind: 'unusable'
      readonly cause: string
      /** Asking the same endpoint again soon is pointless. */
      readonly lasting: boolean
    }

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

const accessDenied: ReadonlySet<number> = new Set([401, 402, 403, 404])
const batchDenied: ReadonlySet<number> = new Set([400, 405, 413])

/** Judges an HTTP answer to a JSON-RPC request, or to a batch of them, without ever throwing. */
export function readAnswer(answer: HttpAnswer, ids: readonly number[], form: 'single' | 'batch'): Answer {
  const { status } = answer
  const value = parseJson(answer.body)
  const ok = status >= 200 && status < 300
  const judged =
    value === undefined ? undefined : form === 'batch' ? readBatch(value, ids) : readSingle(value, ids)
  // A node that knows JSON-RPC may still answer 400 with a proper answer in the body.
  const readable = ok || (status >= 400 && status < 429 && !accessDenied.has(status) && status !== 408)
  if (judged !== undefined && judged.kind !== 'unusable' && readable) return judged
  if (form === 'batch' && batchDenied.has(status) && !saysBusy(value)) return { kind: 'batchRejected' }
  if (!ok)
    return unusable([httpCause(status), textIn(value)].filter(Boolean).join(': '), accessDenied.has(status))
  return judged ?? unusable(describeNonJson(answer.body))
}

function readSingle(value: unknown, ids: readonly number[]): Answer {
  return readItems([value], ids)
}

function readBatch(value: unknown, ids: readonly number[]): Answer {
  if (!Array.isArray(value)) {
    if (!isRecord(value)) return unusable('an answer that is not JSON-RPC')
    return saysBusy(value) ? unusable(textIn(value)) : { kind: 'batchRejected' }
  }
  const errors = value.map((item) => (isRecord(item) ? parseNodeError(item['error']) : undefined))
  const rejected = errors.some((error) => error !== undefined && kindOf(error) === 'batchUnsupported')
  return rejected ? { kind: 'batchRejected' } : readItems(value, ids)
}

function readItems(values: readonly unknown[], ids: readonly number[]): Answer {
  const items = new Map<number, Item>()
  const asked = new Set(ids)
  for (const value of values) {
    if (!isRecord(value)) return unusable('an answer that is not JSON-RPC')
    const { id } = value
    if (typeof id !== 'number' || !asked.has(id))
      return unusable(textIn(value) || 'an answer to a request not made')
    if (items.has(id)) return unusable('two answers to one request')
    const item = readItem(value)
    if (item === undefined) return unusable(textIn(value) || 'an answer with neither a result nor an error')
    items.set(id, item)
  }
  return items.size === asked.size ? { kind: 'items', items } : unusable('a request without an answer')
}

function readItem(value: Readonly<Record<string, unknown>>): Item | undefined {
  const hasResult = Object.hasOwn(value, 'result') && value['result'] !== undefined
  const error = value['error'] ?? undefined
  if (error === undefined) return hasResult ? { kind: 'result', result: value['result'] } : undefined
  const parsed = parseNodeError(error)
  return parsed === undefined || (hasResult && value['result'] !== null)
    ? undefined
    : { kind: 'error', error: parsed }
}

function saysBusy(value: unknown): boolean {
  const error = isRecord(value) ? parseNodeError(value['error']) : undefined
  // To a node that takes no batches an array is an invalid request (-32600) or a parse error (-32700).
  const code = error === undefined || error.code === -32_600 || error.code === -32_700 ? 0 : error.code
  return kindOf({ code, message: textIn(value), data: undefined }) === 'transient'
}

/** The text of an error in whatever shape a provider or its gateway gives it. */
function textIn(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (!isRecord(first)) return ''
  const error = first['error']
  return textOf(isRecord(error) ? error['message'] : (error ?? first['message']))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

function httpCause(status: number): string {
  return status >= 300 && status < 400 ? `HTTP ${status} (redirects are not followed)` : `HTTP ${status}`
}

function describeNonJson(body: string): string {
  if (body.trim() === '') return 'an empty answer'
  return /^\s*</.test(body) ? 'an HTML page instead of JSON' : 'an answer that is not JSON'
}

function unusable(cause: string, lasting = false): Answer {
  return { kind: 'unusable', cause, lasting }
}
