import { rowsOf } from './database.ts'
import type { Dialect, Queries } from './database.ts'
import type { SignedTicket } from '../pm/ticket.ts'
import type { NewTicket } from './ticket-store.ts'
import { digits, integerIn, uintDigits } from './values.ts'

/** Bounds the text that carries them. */
const ticketsPerStatement = 5000

const termsColumns = {
  recipient: 'bytes',
  sender: 'bytes',
  face_value: 'bytes',
  win_prob: 'bytes',
  creation_round: 'bytes',
  creation_round_block_hash: 'bytes',
} as const
const termsNames = Object.keys(termsColumns)

/** Adds tickets that the store does not know, as pending ones. @returns how many these were */
export async function addTickets(
  queries: Queries,
  dialect: Dialect,
  tickets: readonly NewTicket[],
): Promise<number> {
  let added = 0
  for (let start = 0; start < tickets.length; start += ticketsPerStatement) {
    added += await addSome(queries, dialect, tickets.slice(start, start + ticketsPerStatement))
  }
  return added
}

async function addSome(queries: Queries, dialect: Dialect, tickets: readonly NewTicket[]): Promise<number> {
  const termsOf = createTermsReader()
  const keys = tickets.map(({ ticket }) => termsOf(ticket))
  const ids = await findTerms(queries, dialect, [...new Set(keys)])
  const rows = tickets.map(({ hash, ticket }, index) => [
    digits(hash, 32),
    ids.get(keys[index] ?? ''),
    uintDigits(ticket.senderNonce),
    digits(ticket.recipientRandHash, 32),
    uintDigits(ticket.recipientRand),
    digits(ticket.sig, 65),
  ])
  const given = rowsOf(dialect, {
    hash: 'bytes',
    terms_id: 'integer',
    sender_nonce: 'bytes',
    recipient_rand_hash: 'bytes',
    recipient_rand: 'bytes',
    sig: 'bytes',
  })
  const names = 'hash, terms_id, sender_nonce, recipient_rand_hash, recipient_rand, sig'
  return queries.run(
    `INSERT INTO tickets (${names}, added_at, state)
     SELECT ${names}, ${dialect.nowMs}, 'pending' FROM ${given} AS given WHERE true
     ON CONFLICT (hash) DO NOTHING`,
    JSON.stringify(rows),
  )
}

/** The ids of terms, which are added where they are new. */
async function findTerms(
  queries: Queries,
  dialect: Dialect,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const given = rowsOf(dialect, { ...termsColumns, place: 'integer' })
  const same = termsNames.map((name) => `terms.${name} = given.${name}`).join(' AND ')
  const rows = JSON.stringify(keys.map((key, place) => [...key.split(','), place]))
  await queries.run(
    `INSERT INTO terms (${termsNames.join(', ')})
     SELECT ${termsNames.join(', ')} FROM ${given} AS given
     WHERE NOT EXISTS (SELECT 1 FROM terms WHERE ${same})`,
    rows,
  )
  const found = await queries.all(
    `SELECT given.place, terms.id FROM ${given} AS given JOIN terms ON ${same}`,
    rows,
  )
  return new Map(found.map((row) => [keys[integerIn(row, 'place')] ?? '', integerIn(row, 'id')]))
}

/** Reads what tickets of one sender share, as digits between commas. */
function createTermsReader(): (ticket: SignedTicket) => string {
  // Few values in many tickets, and writing out 256 bits is most of what reading a ticket costs.
  const known = new Map<bigint, string>()
  const uint = (value: bigint) => {
    const digitsOfValue = known.get(value) ?? uintDigits(value)
    known.set(value, digitsOfValue)
    return digitsOfValue
  }
  return ({ recipient, sender, faceValue, winProb, creationRound, creationRoundBlockHash }) =>
    [
      digits(recipient, 20).toLowerCase(),
      digits(sender, 20).toLowerCase(),
      uint(faceValue),
      uint(winProb),
      uint(creationRound),
      digits(creationRoundBlockHash, 32).toLowerCase(),
    ].join()
}
