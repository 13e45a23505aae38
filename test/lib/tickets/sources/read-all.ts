import { openTicketSource } from '../../../../src/lib/tickets/sources/open-ticket-source.ts'
import type { SourceInput, SourceOptions } from '../../../../src/lib/tickets/sources/open-ticket-source.ts'
import type { SourceItem, TicketFormat } from '../../../../src/lib/tickets/sources/ticket-source.ts'

export interface ReadAll {
  readonly format: TicketFormat
  readonly chainId: bigint | undefined
  readonly size: number | undefined
  readonly items: readonly SourceItem[]
  /** The position after the last chunk. */
  readonly position: number
}

/** All that a source holds. */
export async function readAll(input: SourceInput, options: SourceOptions = {}): Promise<ReadAll> {
  const source = await openTicketSource(input, options)
  const { format, chainId, size } = source
  try {
    const items: SourceItem[] = []
    let position = 0
    for await (const chunk of source.chunks()) {
      for (const item of chunk.items) items.push(item)
      position = chunk.position
    }
    return { format, chainId, size, items, position }
  } finally {
    await source.close()
  }
}

/** Bytes in pieces of some size. */
export async function* inPieces(text: string | Uint8Array, size = 1 << 16): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}

/** What becomes of each item: the nonce of a ticket, or the reason of a reject, with its number. */
export function brief(items: readonly SourceItem[]): (readonly [number, number | string])[] {
  return items.map((item) => [
    item.place.number,
    'ticket' in item ? Number(item.ticket.senderNonce) : item.reason,
  ])
}
