import type { StoredTicket } from '../store/ticket-store.ts'
import { toCsv } from '../text/csv.ts'
import { sanitize } from '../text/sanitize.ts'
import { ticketFields } from './parse-ticket.ts'
import { ticketToJson } from './ticket-to-json.ts'

export const exportFormats = ['ndjson', 'json', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface ExportReport {
  /** Where the store is. */
  readonly store: string
  readonly format: ExportFormat
  readonly exported: number
  /** The file that was written. */
  readonly output: string | null
}

/** What an export says of a ticket beside the ticket itself; an import passes over it. */
const extraFields = ['hash', 'state', 'reason', 'paidWei', 'feeWei', 'transactionHash', 'addedAt'] as const

const fields = [...ticketFields, ...extraFields]

type ExportedTicket = Partial<Record<(typeof fields)[number], string>>

/**
 * Tickets with all that their redemption takes, as text that `parseTicket` reads back, in flat memory.
 *
 * @param onTicket told of each
 */
export async function* exportTickets(
  tickets: AsyncIterable<StoredTicket>,
  format: ExportFormat,
  onTicket: () => void = () => undefined,
): AsyncGenerator<string> {
  const { before, between, after, write } = writers[format]
  let text = before
  let separator = ''
  for await (const ticket of tickets) {
    text += separator + write(toExported(ticket))
    separator = between
    onTicket()
    if (text.length < chunkCharacters) continue
    yield text
    text = ''
  }
  yield text + after
}

/** Much in one piece is written many times as fast as line by line. */
const chunkCharacters = 64 * 1024

interface Writer {
  readonly before: string
  readonly between: string
  readonly after: string
  readonly write: (ticket: ExportedTicket) => string
}

const writers: Readonly<Record<ExportFormat, Writer>> = {
  ndjson: {
    before: '',
    between: '',
    after: '',
    write: (ticket) => `${JSON.stringify(ticket)}\n`,
  },
  json: {
    before: '[\n',
    between: ',\n',
    after: '\n]\n',
    write: (ticket) => JSON.stringify(ticket),
  },
  csv: {
    before: toCsv([fields]),
    between: '',
    after: '',
    write: (ticket) => toCsv([fields.map((field) => ticket[field] ?? '')]),
  },
}

function toExported({ hash, ticket, ...stored }: StoredTicket): ExportedTicket {
  const { state, reason, paidWei, feeWei, transactionHash, addedAt } = stored
  return {
    ...ticketToJson(ticket),
    hash,
    state,
    ...(reason !== undefined && { reason: sanitize(reason) }),
    ...(paidWei !== undefined && { paidWei: paidWei.toString() }),
    feeWei: feeWei.toString(),
    ...(transactionHash !== undefined && { transactionHash }),
    addedAt,
  }
}
