import type { SignedTicket } from '../../pm/ticket.ts'

/** Where in its source a ticket stands: a line of a file, an item of a JSON array, a row of a database. From 1. */
export interface Place {
  readonly kind: 'line' | 'item' | 'row'
  readonly number: number
}

/** Something that is not taken, and why. The reason never repeats what was read. */
export interface Reject {
  readonly place: Place
  readonly reason: string
}

export interface SourceTicket {
  readonly place: Place
  readonly ticket: SignedTicket
}

export type SourceItem = SourceTicket | Reject

/** Some tickets in the order of the source, as many as came at once. */
export interface SourceChunk {
  readonly items: readonly SourceItem[]
  /** How much has been read up to here, of `TicketSource.size`. */
  readonly position: number
}

export const ticketFormats = ['ndjson', 'json', 'csv', 'lpdb'] as const
export type TicketFormat = (typeof ticketFormats)[number]

/** Tickets from outside, in flat memory: what cannot be read is an item too, and stops nothing. */
export interface TicketSource {
  readonly format: TicketFormat
  /** Bytes or, of a database, rows; unknown of a stream. */
  readonly size: number | undefined
  /** The chain for which go-livepeer keeps its database. */
  readonly chainId: bigint | undefined
  /** Can be gone through once. */
  chunks(): AsyncIterable<SourceChunk>
  close(): Promise<void>
}
