import { isUtf8 } from 'node:buffer'

/** Where a line stands; from 1. */
export interface LinePlace {
  readonly kind: 'line'
  readonly number: number
}

/** A line, or why it cannot be read. */
export type Line =
  | { readonly place: LinePlace; readonly text: string }
  | { readonly place: LinePlace; readonly reason: string }

export interface LineChunk {
  readonly lines: readonly Line[]
  /** Bytes read up to here. */
  readonly position: number
}

/** Ten times a ticket, or a job, in any of the formats. */
export const maxItemBytes = 64 * 1024

export const tooLong = `it is longer than ${String(maxItemBytes / 1024)} KiB`
export const notUtf8 = 'it is not UTF-8'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Splits bytes into lines that end with LF or CRLF. Empty ones are left out, but counted. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<LineChunk> {
  let rest = Buffer.alloc(0)
  let number = 0
  let position = 0
  /** Within a line that is too long already. */
  let skipping = false

  function readLine(bytes: Buffer): Line | undefined {
    number++
    const place: LinePlace = { kind: 'line', number }
    if (skipping || bytes.length > maxItemBytes) {
      skipping = false
      return { place, reason: tooLong }
    }
    if (!isUtf8(bytes)) return { place, reason: notUtf8 }
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length
    const text = bytes.toString('utf8', 0, end)
    return /\S/.test(text) ? { place, text } : undefined
  }

  for await (const chunk of chunks) {
    position += chunk.length
    const bytes = Buffer.concat([rest, chunk])
    const lines: Line[] = []
    let start = 0
    for (let end: number; (end = bytes.indexOf(lineFeed, start)) !== -1; start = end + 1) {
      const line = readLine(bytes.subarray(start, end))
      if (line !== undefined) lines.push(line)
    }
    rest = bytes.subarray(start)
    if (rest.length > maxItemBytes) {
      rest = Buffer.alloc(0)
      skipping = true
    }
    yield { lines, position }
  }
  const last = rest.length > 0 || skipping ? readLine(rest) : undefined
  if (last !== undefined) yield { lines: [last], position }
}
