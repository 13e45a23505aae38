import { parse } from 'csv-parse/sync'

import { UsageError } from '../../errors.ts'
import { ticketFields } from '../parse-ticket.ts'
import { tryItem } from './parse-ticket-text.ts'
import { readLines } from '../../text/read-lines.ts'
import type { Line } from '../../text/read-lines.ts'
import type { SourceChunk, SourceItem } from './ticket-source.ts'

type TextLine = Extract<Line, { text: string }>

/**
 * CSV with a header that names the fields of a ticket, in any order, among other columns. A row is a line: no field of a
 * ticket holds a line break, so that an open quote cannot swallow the rows after it.
 *
 * @throws {UsageError} TICKETS_CSV_HEADER
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncIterable<SourceChunk> {
  let header: string[] | undefined
  for await (const { lines, position } of readLines(chunks)) {
    let rows = lines
    if (header === undefined && lines[0] !== undefined) {
      header = readHeader(lines[0])
      rows = lines.slice(1)
    }
    yield { items: header === undefined ? [] : readRows(rows, header), position }
  }
}

function readHeader(line: Line): string[] {
  const names = 'text' in line ? parseRows([line])?.[0] : undefined
  const missing = ticketFields.filter((field) => names?.includes(field) !== true)
  if (names === undefined || missing.length > 0) {
    throw badHeader(`it lacks ${missing.join(', ')}`)
  }
  const repeated = ticketFields.find((field) => names.indexOf(field) !== names.lastIndexOf(field))
  if (repeated !== undefined) throw badHeader(`it has ${repeated} twice`)
  return names
}

function readRows(lines: readonly Line[], header: readonly string[]): SourceItem[] {
  const texts = lines.filter((line) => 'text' in line)
  // All at once is many times as fast; one by one shows which is wrong.
  const together = parseRows(texts)
  const rows = new Map<Line, readonly string[] | undefined>(
    texts.map((line, index) => [line, together === undefined ? parseRows([line])?.[0] : together[index]]),
  )
  return lines.map((line): SourceItem => {
    if (!('text' in line)) return line
    const row = rows.get(line)
    if (row === undefined) return { place: line.place, reason: 'it is not a row of CSV' }
    if (row.length !== header.length) {
      return {
        place: line.place,
        reason: `it has ${String(row.length)} columns, the header has ${String(header.length)}`,
      }
    }
    return tryItem(line.place, () =>
      Object.fromEntries(ticketFields.map((field) => [field, row[header.indexOf(field)]])),
    )
  })
}

/** Undefined when the lines are not as many rows. */
function parseRows(lines: readonly TextLine[]): string[][] | undefined {
  try {
    const rows = parse(lines.map(({ text }) => text).join('\n'), {
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
    })
    return rows.length === lines.length ? rows : undefined
  } catch {
    return undefined
  }
}

function badHeader(why: string): UsageError {
  return new UsageError('TICKETS_CSV_HEADER', `the first line is no header for tickets: ${why}`, {
    nextSteps: [`name the columns: ${ticketFields.join(',')}`],
  })
}
