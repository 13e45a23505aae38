import { sanitize } from '../text/sanitize.ts'
import { rowsOf } from './database.ts'
import type { Dialect, Queries } from './database.ts'
import type { Outcome } from './ticket-store.ts'
import { digits, uintDigits } from './values.ts'

const outcomesPerStatement = 5000
/** Reasons may repeat what a node has said. */
const longestReason = 500

/** What `toRow` makes of an outcome. */
export const outcomeColumns = {
  hash: 'bytes',
  state: 'text',
  reason: 'text',
  paid_wei: 'bytes',
  transaction_hash: 'bytes',
} as const

/**
 * Records outcomes of tickets outside submissions. Ends stay ends, but what has expired or is invalid may be forgotten.
 */
export async function recordOutcomes(
  queries: Queries,
  dialect: Dialect,
  outcomes: readonly Outcome[],
): Promise<void> {
  const latest = [...new Map(outcomes.map((outcome) => [outcome.hash.toLowerCase(), outcome])).values()]
  for (let start = 0; start < latest.length; start += outcomesPerStatement) {
    // What is as it was is not written again: of most that wait, the reason stays the same.
    await queries.run(
      `UPDATE tickets SET state = given.state, reason = given.reason, paid_wei = given.paid_wei,
         transaction_hash = given.transaction_hash
       FROM ${rowsOf(dialect, outcomeColumns)} AS given
       WHERE tickets.hash = given.hash AND tickets.submission_id IS NULL
         AND (tickets.state IN ('pending', 'redeemed')
           OR given.state = 'forgotten' AND tickets.state IN ('expired', 'invalid'))
         AND (tickets.state <> given.state OR tickets.reason IS DISTINCT FROM given.reason
           OR tickets.paid_wei IS DISTINCT FROM given.paid_wei
           OR tickets.transaction_hash IS DISTINCT FROM given.transaction_hash)`,
      JSON.stringify(latest.slice(start, start + outcomesPerStatement).map(toRow)),
    )
  }
}

export function toRow({ hash, state, reason, paidWei, transactionHash }: Outcome): (string | null)[] {
  return [
    digits(hash, 32),
    state,
    reason === undefined ? null : cleanReason(reason),
    paidWei === undefined ? null : uintDigits(paidWei),
    transactionHash === undefined ? null : digits(transactionHash, 32),
  ]
}

function cleanReason(reason: string): string {
  const text = sanitize(reason)
  return text.length <= longestReason ? text : `${sanitize(text.slice(0, longestReason - 1))}…`
}
