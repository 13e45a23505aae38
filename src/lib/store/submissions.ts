import type { Address, Hex } from 'viem'

import { sanitize } from '../text/sanitize.ts'
import { rowsOf } from './database.ts'
import type { Dialect, Queries, Row } from './database.ts'
import { outcomeColumns, toRow } from './outcomes.ts'
import { shareFee } from './share-fee.ts'
import type { Outcome, SignedBytes, Submission } from './ticket-store.ts'
import { addressIn, digits, hexIn, integerIn, textIn, toBytes, uintDigits, uintIn } from './values.ts'

export interface Claim {
  readonly id: string
  readonly account: Address
  readonly holder: string
  readonly tickets: readonly Hex[]
}

export async function claim(queries: Queries, dialect: Dialect, request: Claim): Promise<boolean> {
  const { id, account, holder } = request
  const tickets = [...new Set(request.tickets.map((hash) => digits(hash, 32).toLowerCase()))]
  if (tickets.length === 0) throw new Error('a submission needs tickets')
  const rows = JSON.stringify(tickets.map((hash) => [hash]))
  const given = rowsOf(dialect, { hash: 'bytes' })
  const [free] = await queries.all(
    `SELECT count(*) AS free FROM ${given} AS given JOIN tickets ON tickets.hash = given.hash
     WHERE tickets.state = 'pending'`,
    rows,
  )
  if (free === undefined || integerIn(free, 'free') !== tickets.length) return false
  const made = await queries.run(
    `INSERT INTO submissions (id, state, account, holder, renewed_at) VALUES ($1, 'claimed', $2, $3, ${dialect.nowMs})
     ON CONFLICT DO NOTHING`,
    id,
    toBytes(digits(account, 20)),
    sanitize(holder),
  )
  if (made === 0) return false
  await queries.run(
    `UPDATE tickets SET state = 'submitted', reason = NULL, submission_id = $2
     FROM ${given} AS given WHERE tickets.hash = given.hash`,
    rows,
    id,
  )
  return true
}

export async function recordAttempt(
  queries: Queries,
  dialect: Dialect,
  id: string,
  nonce: number,
  { hash, signed }: SignedBytes,
): Promise<boolean> {
  const [submission] = await queries.all('SELECT nonce FROM submissions WHERE id = $1', id)
  if (submission === undefined) return false
  if (submission['nonce'] !== null && submission['nonce'] !== nonce) {
    throw new Error('the attempts of a submission share one nonce, so that at most one is mined')
  }
  await queries.run(
    `UPDATE submissions SET state = CASE state WHEN 'claimed' THEN 'signed' ELSE state END, nonce = $2,
       renewed_at = ${dialect.nowMs}
     WHERE id = $1`,
    id,
    nonce,
  )
  await queries.run(
    'INSERT INTO attempts (submission_id, hash, signed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    id,
    toBytes(digits(hash, 32)),
    toBytes(signed.slice(2)),
  )
  return true
}

export async function giveUpClaim(queries: Queries, id: string): Promise<boolean> {
  const [open] = await queries.all(`SELECT id FROM submissions WHERE id = $1 AND state = 'claimed'`, id)
  if (open === undefined) return false
  await queries.run(`UPDATE tickets SET state = 'pending', submission_id = NULL WHERE submission_id = $1`, id)
  await queries.run('DELETE FROM submissions WHERE id = $1', id)
  return true
}

export async function recordMined(
  queries: Queries,
  dialect: Dialect,
  id: string,
  redeemed: readonly Outcome[],
): Promise<void> {
  const changed = await queries.run(
    `UPDATE submissions SET state = 'mined' WHERE id = $1 AND state IN ('signed', 'mined')`,
    id,
  )
  if (changed === 0) return
  await markSubmitted(queries, id)
  await queries.run(
    `UPDATE tickets SET state = 'redeemed', reason = given.reason, paid_wei = given.paid_wei,
       transaction_hash = given.transaction_hash
     FROM ${rowsOf(dialect, outcomeColumns)} AS given
     WHERE tickets.hash = given.hash AND tickets.submission_id = $2`,
    JSON.stringify(redeemed.map(toRow)),
    id,
  )
}

export async function takeBack(queries: Queries, id: string): Promise<void> {
  const changed = await queries.run(
    `UPDATE submissions SET state = 'signed' WHERE id = $1 AND state = 'mined'`,
    id,
  )
  if (changed > 0) await markSubmitted(queries, id)
}

async function markSubmitted(queries: Queries, id: string): Promise<void> {
  await queries.run(
    `UPDATE tickets SET state = 'submitted', reason = NULL, paid_wei = NULL, transaction_hash = NULL
     WHERE submission_id = $1`,
    id,
  )
}

export async function closeSubmission(
  queries: Queries,
  dialect: Dialect,
  id: string,
  outcomes: readonly Outcome[],
  feeWei: bigint,
): Promise<void> {
  const tickets = await queries.all(
    'SELECT hash, fee_wei FROM tickets WHERE submission_id = $1 ORDER BY hash',
    id,
  )
  const shares = shareFee(feeWei, tickets.length)
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.hash.toLowerCase(), outcome]))
  const rows = tickets.map((ticket, index) => {
    const hash = hexIn(ticket, 'hash')
    const fee = (ticket['fee_wei'] === null ? 0n : uintIn(ticket, 'fee_wei')) + (shares[index] ?? 0n)
    return [...toRow(outcomeOf.get(hash) ?? { hash, state: 'pending' }), fee === 0n ? null : uintDigits(fee)]
  })
  await queries.run(
    `UPDATE tickets SET state = given.state, reason = given.reason, paid_wei = given.paid_wei,
       transaction_hash = given.transaction_hash, fee_wei = given.fee_wei, submission_id = NULL
     FROM ${rowsOf(dialect, { ...outcomeColumns, fee_wei: 'bytes' })} AS given
     WHERE tickets.hash = given.hash AND tickets.submission_id = $2`,
    JSON.stringify(rows),
    id,
  )
  await queries.run('DELETE FROM attempts WHERE submission_id = $1', id)
  await queries.run('DELETE FROM submissions WHERE id = $1', id)
}

export async function readSubmissions(queries: Queries, dialect: Dialect): Promise<Submission[]> {
  const attempts = groupBySubmission(
    await queries.all('SELECT submission_id, hash, signed FROM attempts ORDER BY id'),
    (row) => ({ hash: hexIn(row, 'hash'), signed: hexIn(row, 'signed') }),
  )
  const tickets = groupBySubmission(
    await queries.all(
      'SELECT submission_id, hash FROM tickets WHERE submission_id IS NOT NULL ORDER BY hash',
    ),
    (row) => hexIn(row, 'hash'),
  )
  const rows = await queries.all(
    `SELECT submissions.*, ${dialect.nowMs} - renewed_at AS age FROM submissions ORDER BY renewed_at, id`,
  )
  return rows.map((row) => {
    const id = textIn(row, 'id')
    return {
      id,
      state: submissionStateIn(row),
      account: addressIn(row, 'account'),
      holder: textIn(row, 'holder'),
      ...(row['nonce'] !== null && { nonce: integerIn(row, 'nonce') }),
      attempts: attempts.get(id) ?? [],
      tickets: tickets.get(id) ?? [],
      // The clock may have been set back.
      ageMs: Math.max(0, integerIn(row, 'age')),
    }
  })
}

function groupBySubmission<Item>(rows: readonly Row[], toItem: (row: Row) => Item): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const id = textIn(row, 'submission_id')
    const group = groups.get(id) ?? []
    groups.set(id, group)
    group.push(toItem(row))
  }
  return groups
}

function submissionStateIn(row: Row): Submission['state'] {
  const text = textIn(row, 'state')
  if (text === 'claimed' || text === 'signed' || text === 'mined') return text
  throw new TypeError(`"${text}" is no state of a submission`)
}
