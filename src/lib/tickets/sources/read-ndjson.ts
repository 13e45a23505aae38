import { parseTicketText } from './parse-ticket-text.ts'
import { readLines } from '../../text/read-lines.ts'
import type { SourceChunk } from './ticket-source.ts'

/** Newline-delimited JSON: one ticket a line. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>): AsyncIterable<SourceChunk> {
  for await (const { lines, position } of readLines(chunks)) {
    yield {
      items: lines.map((line) => ('text' in line ? parseTicketText(line.text, line.place) : line)),
      position,
    }
  }
}
