import type { Address } from 'viem'

import type { Row } from './database.ts'
import { stateIn } from './read-tickets.ts'
import type { SenderTotals, TicketState } from './ticket-store.ts'
import { addressIn, integerIn, uintIn } from './values.ts'

/** Amounts are added up here, exactly: neither database adds 32 bytes. */
export const totalsSql = `SELECT terms.sender, terms.face_value, same.state, same.deferred, same.paid_wei, same.fee_wei,
    same.tickets
  FROM (SELECT terms_id, state, CASE WHEN reason IS NULL THEN 0 ELSE 1 END AS deferred, paid_wei, fee_wei,
      count(*) AS tickets
    FROM tickets GROUP BY 1, 2, 3, 4, 5) AS same
  JOIN terms ON terms.id = same.terms_id`

type Kind = Exclude<keyof SenderTotals, 'sender' | 'feeWei'>
type Mutable = Record<Kind, { tickets: number; faceValueWei: bigint }> & { paidWei: bigint; feeWei: bigint }

export async function addUp(rows: AsyncIterable<Row>): Promise<SenderTotals[]> {
  const bySender = new Map<Address, Mutable>()
  for await (const row of rows) {
    const sender = addressIn(row, 'sender')
    const totals = bySender.get(sender) ?? nothing()
    bySender.set(sender, totals)
    const tickets = integerIn(row, 'tickets')
    const count = BigInt(tickets)
    const kind = kindOf(stateIn(row), integerIn(row, 'deferred') === 1)
    totals[kind].tickets += tickets
    totals[kind].faceValueWei += uintIn(row, 'face_value') * count
    if (kind === 'redeemed' && row['paid_wei'] !== null) totals.paidWei += uintIn(row, 'paid_wei') * count
    if (row['fee_wei'] !== null) totals.feeWei += uintIn(row, 'fee_wei') * count
  }
  return [...bySender]
    .map(([sender, { paidWei, ...totals }]) => ({
      sender,
      ...totals,
      redeemed: { ...totals.redeemed, paidWei },
    }))
    .sort((a, b) => compare(pendingWei(b), pendingWei(a)) || (a.sender < b.sender ? -1 : 1))
}

function kindOf(state: TicketState, deferred: boolean): Kind {
  switch (state) {
    case 'pending':
      return deferred ? 'deferred' : 'pending'
    case 'final':
      return 'redeemed'
    case 'invalid':
      return 'rejected'
    default:
      return state
  }
}

function nothing(): Mutable {
  const none = () => ({ tickets: 0, faceValueWei: 0n })
  return {
    pending: none(),
    deferred: none(),
    submitted: none(),
    redeemed: none(),
    usedElsewhere: none(),
    expired: none(),
    rejected: none(),
    forgotten: none(),
    paidWei: 0n,
    feeWei: 0n,
  }
}

function pendingWei({ pending, deferred }: SenderTotals): bigint {
  return pending.faceValueWei + deferred.faceValueWei
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1
}
