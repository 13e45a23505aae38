import { exitCodes, findLpPayError } from '../lib/errors.ts'
import { redactUrls } from '../lib/text/redact-urls.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { toJson, toJsonLine } from './json.ts'
import type { Envelope, EnvelopeError } from './json.ts'
import { printData, printError } from './streams.ts'
import { err } from './style.ts'
import { asUsageError, inOneLine } from './usage-errors.ts'

export interface FailureContext {
  readonly command: string
  readonly json: boolean
  readonly warnings: readonly string[]
  /** Whether the envelope is the last line of a stream of JSON. */
  readonly inOneLine?: boolean
}

/** Shows any error, in one line or as an envelope, and sets the exit code. */
export function reportFailure(thrown: unknown, context: FailureContext): void {
  const { command, json, warnings } = context
  const error = toEnvelopeError(thrown)
  process.exitCode = error.exitCode
  if (json) {
    const envelope: Envelope<null> = { schemaVersion: 1, ok: false, command, result: null, warnings, error }
    printData(context.inOneLine === true ? toJsonLine(envelope) : toJson(envelope))
    return
  }
  const [next] = error.nextSteps
  printError(`${err.red('error:')} ${error.message}${next === undefined ? '' : err.dim(` (next: ${next})`)}`)
}

/** Any error as the envelope carries it, fit to show. */
export function toEnvelopeError(thrown: unknown): EnvelopeError {
  const error = findLpPayError(thrown) ?? asUsageError(thrown)
  if (error === undefined) {
    const text = thrown instanceof Error ? thrown.message : String(thrown)
    return {
      code: 'BUG',
      message: `unexpected: ${clean(text)}`,
      exitCode: exitCodes.bug,
      details:
        process.env['LP_PAY_DEBUG'] && thrown instanceof Error ? { stack: clean(thrown.stack ?? '') } : {},
      nextSteps: ['repeat with LP_PAY_DEBUG=1 --json and report what it says'],
    }
  }
  const { code, message, exitCode, details, nextSteps } = error
  return { code, message: clean(inOneLine(message)), exitCode, details, nextSteps: nextSteps.map(clean) }
}

function clean(text: string): string {
  return sanitize(redactUrls(text))
}
