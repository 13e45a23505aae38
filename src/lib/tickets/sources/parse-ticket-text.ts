import { LpPayError, UsageError } from '../../errors.ts'
import { parseStrictJson } from '../../files/parse-strict-json.ts'
import { parseTicket } from '../parse-ticket.ts'
import type { Place, SourceItem } from './ticket-source.ts'

/** One ticket in JSON. */
export function parseTicketText(text: string, place: Place): SourceItem {
  return tryItem(place, () => parseStrictJson(text, (why) => new UsageError('TICKET_INVALID', why)))
}

/** The ticket of an object, or the reason why there is none. */
export function tryItem(place: Place, read: () => unknown): SourceItem {
  try {
    return { place, ticket: parseTicket(read()) }
  } catch (error) {
    if (!(error instanceof LpPayError)) throw error
    return { place, reason: error.message }
  }
}
