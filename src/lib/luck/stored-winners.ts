import type { SignedTicket } from '../pm/ticket.ts'
import type { SourceChunk, SourceTicket } from '../tickets/sources/ticket-source.ts'

const atOnce = 1024

/** Tickets of a store as a source; it holds winners only. */
export function storedWinners(list: AsyncIterable<{ readonly ticket: SignedTicket }>) {
  return {
    size: undefined,
    async *chunks(): AsyncIterable<SourceChunk> {
      let items: SourceTicket[] = []
      let position = 0
      for await (const { ticket } of list) {
        position++
        items.push({ place: { kind: 'row', number: position }, ticket })
        if (items.length < atOnce) continue
        yield { items, position }
        items = []
      }
      if (items.length > 0) yield { items, position }
    },
    close: () => Promise.resolve(),
  }
}
