import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { errnoOf } from '../lib/files/errno.ts'
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

/** Data that is too much for one text. Ends early when the reader has seen enough, as `head` does. */
export async function printChunks(chunks: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false })
  } catch (error) {
    if (errnoOf(error) !== 'EPIPE') throw error
  }
}

/** Progress, hints and warnings. */
export function printNote(text: string): void {
  if (!quiet) process.stderr.write(`${redactUrls(text)}\n`)
}

export function printError(text: string): void {
  process.stderr.write(`${redactUrls(text)}\n`)
}
