import { isUtf8 } from 'node:buffer'

import { parseTicketText } from './parse-ticket-text.ts'
import { maxItemBytes, notUtf8, tooLong } from '../../text/read-lines.ts'
import type { Place, SourceChunk, SourceItem } from './ticket-source.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const lineFeed = 0x0a
const opening = new Set([0x5b, 0x7b])
const closingBracket = 0x5d
const closingBrace = 0x7d

/**
 * A JSON array of tickets, item by item, in flat memory. An item that is not JSON is rejected alone as long as its
 * brackets match.
 */
export async function* readJsonArray(chunks: AsyncIterable<Uint8Array>): AsyncIterable<SourceChunk> {
  const splitter = new ArraySplitter()
  let position = 0
  for await (const chunk of chunks) {
    position += chunk.length
    yield { items: splitter.push(chunk), position }
  }
  yield { items: splitter.end(), position }
}

class ArraySplitter {
  #phase: 'before' | 'inside' | 'after' = 'before'
  /** What is known of the item that has begun. */
  #begun: Buffer = Buffer.alloc(0)
  #tooLong = false
  #depth = 0
  #inString = false
  #escaped = false
  #number = 0
  #moreAfter = false

  push(chunk: Uint8Array): SourceItem[] {
    const items: SourceItem[] = []
    let start = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.#phase === 'before') {
        if (byte === 0x5b) {
          this.#phase = 'inside'
          start = at + 1
        }
      } else if (this.#phase === 'after') {
        this.#moreAfter ||= byte > 0x20
      } else if (this.#endsItem(byte)) {
        this.#begin(chunk.subarray(start, at))
        this.#finish(items, byte === closingBracket)
        start = at + 1
      }
    }
    if (this.#phase === 'inside') this.#begin(chunk.subarray(start))
    return items
  }

  end(): SourceItem[] {
    const items: SourceItem[] = []
    if (this.#phase !== 'after') {
      this.#finish(items, true)
      items.push({ place: this.#nextPlace(), reason: 'the array does not end' })
    } else if (this.#moreAfter) {
      items.push({ place: this.#nextPlace(), reason: 'there is more after the array' })
    }
    return items
  }

  /** Follows strings and brackets; true at a comma between items and at the end of the array. */
  #endsItem(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      // No string of JSON goes over the end of a line: one that does was never closed, and must not swallow the rest.
      else if (byte === quote || byte === lineFeed) this.#inString = false
    } else if (byte === quote) {
      this.#inString = true
    } else if (opening.has(byte)) {
      this.#depth++
    } else if (this.#depth === 0) {
      return byte === comma || byte === closingBracket
    } else if (byte === closingBracket || byte === closingBrace) {
      this.#depth--
    }
    return false
  }

  #begin(bytes: Uint8Array): void {
    if (this.#tooLong || this.#begun.length + bytes.length > maxItemBytes) {
      this.#tooLong = true
      this.#begun = Buffer.alloc(0)
    } else {
      this.#begun = Buffer.concat([this.#begun, bytes])
    }
  }

  #finish(items: SourceItem[], isLast: boolean): void {
    const bytes = this.#begun
    const text = bytes.toString()
    if (this.#tooLong) items.push({ place: this.#nextPlace(), reason: tooLong })
    else if (!isUtf8(bytes)) items.push({ place: this.#nextPlace(), reason: notUtf8 })
    else if (/\S/.test(text)) items.push(parseTicketText(text, this.#nextPlace()))
    else if (!isLast || this.#number > 0) items.push({ place: this.#nextPlace(), reason: 'it is empty' })
    if (isLast) this.#phase = 'after'
    this.#begun = Buffer.alloc(0)
    this.#tooLong = false
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
  }

  #nextPlace(): Place {
    this.#number++
    return { kind: 'item', number: this.#number }
  }
}
