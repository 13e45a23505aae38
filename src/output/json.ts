import { redactUrls } from '../lib/text/redact-urls.ts'

/** The contract of `--json`: the same shape for every command, in success and in failure. */
export interface Envelope<Result> {
  readonly schemaVersion: 1
  readonly ok: boolean
  /** The command, with spaces: `unlock cancel`. */
  readonly command: string
  /** Null in failure, unless it is the result that shows what has failed. */
  readonly result: Result | null
  readonly warnings: readonly string[]
  /** Null in success. */
  readonly error: EnvelopeError | null
}

export interface EnvelopeError {
  /** Stable; scripts may rely on it. */
  readonly code: string
  readonly message: string
  readonly exitCode: number
  readonly details: object
  readonly nextSteps: readonly string[]
}

/** JSON text with amounts as decimal strings, and URLs cut to their origins wherever they come from. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, plain, 2)
}

/** The same in one line, for streams of them. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value, plain)
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'string' ? redactUrls(value) : value
}
