import { redactUrls } from '../lib/text/redact-urls.ts'

let quiet = false

/** Turns off everything on standard error but errors. */
export function setQuiet(on: boolean): void {
  quiet = on
}

export function isQuiet(): boolean {
  return quiet
}

/** Data, for people or for scripts. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Progress, hints and warnings. */
export function printNote(text: string): void {
  if (!quiet) process.stderr.write(`${redactUrls(text)}\n`)
}

export function printError(text: string): void {
  process.stderr.write(`${redactUrls(text)}\n`)
}
