import { CheckFailedError, DeclinedError, LpPayError, UsageError } from '../errors.ts'
import { parseStrictJson } from '../files/parse-strict-json.ts'
import { closest } from '../text/closest.ts'
import { hideKeys } from '../text/hide-keys.ts'
import { peek } from '../text/peek.ts'
import { readLines } from '../text/read-lines.ts'
import type { Line } from '../text/read-lines.ts'
import { sanitize } from '../text/sanitize.ts'
import type { QuoteContext } from './context.ts'
import { quoteFields } from './fields.ts'
import type { QuoteField, QuoteFields } from './fields.ts'
import { quoteJob } from './quote-job.ts'
import type { Quote } from './quote.ts'

/** What became of a line: each that is not empty has one, in their order. */
export type QuotedLine =
  | { readonly line: number; readonly quote: Quote }
  | {
      readonly line: number
      readonly error: {
        readonly code: string
        readonly message: string
        readonly nextSteps: readonly string[]
      }
    }

/** How many lines were quoted, and how many were not. */
export interface QuotedLines {
  /** False when it was stopped before the end. */
  readonly complete: boolean
  readonly quoted: number
  readonly refused: number
}

/**
 * Quotes a job for each line of NDJSON, in flat memory. A line that is no job, or has no price, stops nothing.
 *
 * @param common what is said of every job that does not say it itself
 */
export async function* quoteLines(
  chunks: AsyncIterable<Uint8Array>,
  common: QuoteFields,
  context: QuoteContext,
  onLine: (line: QuotedLine) => void = () => undefined,
): AsyncGenerator<readonly QuotedLine[]> {
  const { all } = await peek(chunks, 3)
  for await (const { lines } of readLines(all)) {
    yield lines.map((line) => {
      const quoted = quoteLine(line, common, context)
      onLine(quoted)
      return quoted
    })
  }
}

/** The error that it amounts to when there was no job at all, or when it was stopped. */
export function failedLines({ complete, quoted, refused }: QuotedLines): LpPayError | undefined {
  if (!complete) return new DeclinedError('INTERRUPTED', 'interrupted before the end of the jobs')
  if (quoted > 0 || refused === 0) return undefined
  return new CheckFailedError('NO_JOB_QUOTED', 'not one line is a job with a price', { details: { refused } })
}

function quoteLine(line: Line, common: QuoteFields, context: QuoteContext): QuotedLine {
  const { number } = line.place
  try {
    if ('reason' in line) throw new UsageError('JOB_LINE_INVALID', line.reason)
    const { job, own } = readJob(line.text)
    return { line: number, quote: quoteJob(job, { ...common, ...own }, context, own) }
  } catch (error) {
    if (!(error instanceof LpPayError)) throw error
    const { code, message, nextSteps } = error
    return { line: number, error: { code, message: hideKeys(sanitize(message)), nextSteps } }
  }
}

function readJob(text: string): { readonly job: string; readonly own: QuoteFields } {
  const value = parseStrictJson(text, (why) => new UsageError('JOB_LINE_INVALID', why))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('JOB_LINE_INVALID', 'it is not an object')
  }
  const { job, ...fields } = value as Record<string, unknown>
  if (typeof job !== 'string') {
    throw new UsageError('JOB_MISSING', 'it does not say which job', {
      nextSteps: ['as in {"job":"transcoding"}'],
    })
  }
  const own: Partial<Record<QuoteField, unknown>> = {}
  for (const [name, given] of Object.entries(fields)) {
    if (!isField(name)) throw unknownField(name)
    own[name] = readField(name, given)
  }
  return { job, own: own as QuoteFields }
}

function readField(name: QuoteField, value: unknown): unknown {
  const isWritten = typeof value === 'string' || (typeof value === 'number' && isExact(value))
  if (!isWritten) throw new UsageError('FIELD_INVALID', `${name}: write it as a text`)
  try {
    return quoteFields[name](String(value))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.code, `${name}: ${error.message}`, {
      nextSteps: error.nextSteps,
      cause: error,
    })
  }
}

/** A number of JSON that has lost no digit of a count. */
function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
}

function isField(name: string): name is QuoteField {
  return Object.hasOwn(quoteFields, name)
}

function unknownField(name: string): UsageError {
  const like = closest(name.slice(0, 64), Object.keys(quoteFields))
  return new UsageError('FIELD_UNKNOWN', 'a job has no such key', {
    nextSteps: [
      like === undefined
        ? `the keys are job, ${Object.keys(quoteFields).join(', ')}`
        : `did you mean ${like}?`,
    ],
  })
}
