import { isUtf8 } from 'node:buffer'

import { parseTicketText } from './parse-ticket-text.ts'
import { maxItemBytes, notUtf8, tooLong } from '../../text/read-lines.ts'
import type { Place, SourceChunk, SourceItem } from './ticket-source.ts'

const place: Place = { kind: 'item', number: 1 }

/** One ticket as a JSON object, over any number of lines. */
export async function* readJsonObject(chunks: AsyncIterable<Uint8Array>): AsyncIterable<SourceChunk> {
  let bytes = Buffer.alloc(0)
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk])
    if (bytes.length > maxItemBytes) break
  }
  yield { items: [readObject(bytes)], position: bytes.length }
}

function readObject(bytes: Buffer): SourceItem {
  if (bytes.length > maxItemBytes) return { place, reason: tooLong }
  return isUtf8(bytes) ? parseTicketText(bytes.toString(), place) : { place, reason: notUtf8 }
}
