import { UsageError } from '../lib/errors.ts'
import type { SourceInput } from '../lib/tickets/sources/open-ticket-source.ts'

const usualMaxBytes = 64 * 1024

let taken = false

/** Whether something else has read standard input already. */
export function isStandardInputTaken(): boolean {
  return taken
}

/**
 * Standard input has one end, so that only one thing can be read from it.
 *
 * @throws {UsageError} STANDARD_INPUT_TWICE
 */
export function refuseSharedInput(sources: Readonly<Record<string, string | undefined>>): void {
  const names = Object.entries(sources).filter(([, file]) => file === '-')
  if (names.length < 2) return
  const flags = names.map(([name]) => name).join(' and ')
  throw new UsageError('STANDARD_INPUT_TWICE', `${flags} cannot both be read from standard input`, {
    nextSteps: ['put one of them into a file that only you can read (chmod 600)'],
  })
}

/** A file of tickets, or standard input for `-`. */
export function sourceInput(word: string): SourceInput {
  if (word !== '-') return { path: word }
  taken = true
  return { stream: process.stdin }
}

/** The words of standard input in place of a single `-`, which keeps them out of the process list. */
export async function valuesOrStandardInput(values: readonly string[]): Promise<readonly string[]> {
  if (values.length !== 1 || values[0] !== '-') return values
  return (await readStandardInput()).split(/\s+/).filter((word) => word !== '')
}

/**
 * Standard input up to its end, as text.
 *
 * @throws {UsageError} INPUT_TOO_LONG
 */
export async function readStandardInput(maxBytes = usualMaxBytes): Promise<string> {
  taken = true
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > maxBytes) {
      throw new UsageError('INPUT_TOO_LONG', `standard input has more than ${maxBytes / 1024} KiB`, {
        nextSteps: ['give only what is asked for'],
      })
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
