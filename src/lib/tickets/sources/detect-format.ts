import { isUtf8 } from 'node:buffer'

import { ticketFields } from '../parse-ticket.ts'
import type { Peeked } from '../../text/peek.ts'
import type { TicketFormat } from './ticket-source.ts'

const sqliteMagic = Buffer.from('SQLite format 3\0', 'latin1')

/**
 * Knows a format by what is in the file, not by its name.
 *
 * @returns undefined when it is none of ours
 */
export function detectFormat({
  beginning,
  complete,
}: Pick<Peeked, 'beginning' | 'complete'>): TicketFormat | undefined {
  if (beginning.subarray(0, sqliteMagic.length).equals(sqliteMagic)) return 'lpdb'
  const lines = beginning
    .toString('latin1')
    .split('\n')
    .map((line) => line.trim())
  const first = lines.find((line) => line !== '')
  if (first === undefined) return complete ? 'ndjson' : undefined
  if (first.startsWith('[')) return 'json'
  if (complete && first.startsWith('{') && isOneValue(beginning)) return 'json'
  // Also when the first lines are damaged.
  if (lines.some((line) => line.startsWith('{'))) return 'ndjson'
  return ticketFields.some((field) => first.includes(field)) ? 'csv' : undefined
}

function isOneValue(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return isUtf8(bytes)
  } catch {
    return false
  }
}
