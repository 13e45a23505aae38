import type { Hex } from 'viem'

import type { Row, Value } from './database.ts'
import type { StoredTicket, TicketFilter, TicketState } from './ticket-store.ts'
import { addressIn, hexIn, integerIn, textIn, toBytes, uintDigits, uintIn } from './values.ts'

export interface Query {
  readonly sql: string
  readonly parameters: readonly Value[]
}

/** The query for the tickets that pass a filter, by creation round, then hash. */
export function selectTickets(filter: TicketFilter = {}): Query {
  const parameters: Value[] = []
  const parameter = (value: Value) => {
    parameters.push(value)
    return `$${parameters.length}`
  }
  const { states, sender, recipient, creationRound, hashPrefix, limit } = filter
  const conditions = ['true']
  if (states !== undefined) {
    const list = states.map((state) => parameter(state)).join(', ')
    conditions.push(states.length === 0 ? 'false' : `tickets.state IN (${list})`)
  }
  if (sender !== undefined) conditions.push(`terms.sender = ${parameter(toBytes(sender.slice(2)))}`)
  if (recipient !== undefined) conditions.push(`terms.recipient = ${parameter(toBytes(recipient.slice(2)))}`)
  if (creationRound !== undefined) {
    conditions.push(`terms.creation_round = ${parameter(toBytes(uintDigits(creationRound)))}`)
  }
  if (hashPrefix !== undefined) {
    const [first, last] = ['0', 'f'].map((digit) => parameter(toBytes(hashPrefix.slice(2).padEnd(64, digit))))
    conditions.push(`tickets.hash BETWEEN ${first} AND ${last}`)
  }
  return {
    sql: `SELECT tickets.*, terms.recipient, terms.sender, terms.face_value, terms.win_prob, terms.creation_round,
        terms.creation_round_block_hash
      FROM tickets JOIN terms ON terms.id = tickets.terms_id
      WHERE ${conditions.join(' AND ')}
      ORDER BY terms.creation_round, tickets.hash
      ${limit === undefined ? '' : `LIMIT ${parameter(limit)}`}`,
    parameters,
  }
}

export function toStoredTicket(row: Row): StoredTicket {
  return {
    hash: hexIn(row, 'hash'),
    ticket: {
      recipient: addressIn(row, 'recipient'),
      sender: addressIn(row, 'sender'),
      faceValue: uintIn(row, 'face_value'),
      winProb: uintIn(row, 'win_prob'),
      senderNonce: uintIn(row, 'sender_nonce'),
      recipientRandHash: hexIn(row, 'recipient_rand_hash'),
      creationRound: uintIn(row, 'creation_round'),
      creationRoundBlockHash: hexIn(row, 'creation_round_block_hash'),
      sig: hexIn(row, 'sig'),
      recipientRand: uintIn(row, 'recipient_rand'),
    },
    state: stateIn(row),
    ...(row['reason'] !== null && { reason: textIn(row, 'reason') }),
    ...(row['paid_wei'] !== null && { paidWei: uintIn(row, 'paid_wei') }),
    ...(row['transaction_hash'] !== null && { transactionHash: hexIn(row, 'transaction_hash') }),
    feeWei: row['fee_wei'] === null ? 0n : uintIn(row, 'fee_wei'),
    addedAt: new Date(integerIn(row, 'added_at')).toISOString(),
  }
}

const states: Readonly<Record<TicketState, TicketState>> = {
  pending: 'pending',
  submitted: 'submitted',
  redeemed: 'redeemed',
  final: 'final',
  usedElsewhere: 'usedElsewhere',
  expired: 'expired',
  invalid: 'invalid',
  forgotten: 'forgotten',
}

export function stateIn(row: Row): TicketState {
  const text = textIn(row, 'state')
  const state = Object.values(states).find((known) => known === text)
  if (state === undefined) throw new TypeError(`"${text}" is no state of a ticket`)
  return state
}

/** The hash of a ticket, as the beginning of none but itself. */
export function oneTicket(hash: Hex): TicketFilter {
  return { hashPrefix: hash }
}
