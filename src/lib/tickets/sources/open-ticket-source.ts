import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

import { ConfigurationError, UsageError } from '../../errors.ts'
import { errnoOf } from '../../files/errno.ts'
import { hideKeys } from '../../text/hide-keys.ts'
import { detectFormat } from './detect-format.ts'
import { openLpdb } from './open-lpdb.ts'
import { peek } from '../../text/peek.ts'
import type { Peeked } from '../../text/peek.ts'
import { readCsv } from './read-csv.ts'
import { readJsonArray } from './read-json-array.ts'
import { readJsonObject } from './read-json-object.ts'
import { maxItemBytes } from '../../text/read-lines.ts'
import { readNdjson } from './read-ndjson.ts'
import { ticketFormats } from './ticket-source.ts'
import type { TicketFormat, TicketSource } from './ticket-source.ts'

/** A file, or bytes from elsewhere, such as standard input: whoever gives a stream ends it. */
export type SourceInput = { readonly path: string } | { readonly stream: AsyncIterable<Uint8Array> }

export interface SourceOptions {
  /** Found by the content unless told. */
  readonly format?: TicketFormat
}

/**
 * Opens tickets in NDJSON, JSON, CSV, or go-livepeer's database.
 *
 * @throws {ConfigurationError} TICKETS_UNREADABLE, and those of `openLpdb`
 * @throws {UsageError} TICKETS_FORMAT_UNKNOWN, TICKETS_FORMAT_NEEDS_FILE
 */
export async function openTicketSource(
  input: SourceInput,
  { format }: SourceOptions = {},
): Promise<TicketSource> {
  if ('stream' in input) {
    const peeked = await peek(input.stream, maxItemBytes)
    const found = format ?? detectFormat(peeked)
    if (found === 'lpdb') {
      throw new UsageError('TICKETS_FORMAT_NEEDS_FILE', 'a database cannot be read from a stream', {
        nextSteps: ['give the path of the database'],
      })
    }
    return openText(peeked, found, undefined, () => Promise.resolve())
  }
  const { path } = input
  if (format === 'lpdb') return openLpdb(path)
  const size = await sizeOf(path)
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const close = () => Promise.resolve(void file.destroy())
  try {
    const peeked = await peek(readFile(file, path), maxItemBytes)
    const found = format ?? detectFormat(peeked)
    if (found !== 'lpdb') return openText(peeked, found, size, close)
  } catch (error) {
    await close()
    throw error
  }
  await close()
  return openLpdb(path)
}

type TextFormat = Exclude<TicketFormat, 'lpdb'>

function openText(
  { beginning, all }: Peeked,
  format: TextFormat | undefined,
  size: number | undefined,
  close: () => Promise<void>,
): TicketSource {
  if (format === undefined) {
    throw new UsageError('TICKETS_FORMAT_UNKNOWN', 'these are no tickets in a format that lp-pay knows', {
      nextSteps: [`say which format it is: ${ticketFormats.join(', ')}`],
    })
  }
  const isObject = format === 'json' && !/^\s*\[/.test(beginning.toString('latin1'))
  const read = isObject ? readJsonObject : readers[format]
  return { format, size, chainId: undefined, chunks: () => read(all), close }
}

const readers = { ndjson: readNdjson, json: readJsonArray, csv: readCsv } as const

/** Undefined of what has none, such as a pipe. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function* readFile(file: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  try {
    yield* file
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(file: string, cause: unknown): ConfigurationError {
  // A key may be in the place of the file.
  const path = hideKeys(file)
  const why = errnoOf(cause) === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read`
  return new ConfigurationError('TICKETS_UNREADABLE', why, { details: { path }, cause })
}
