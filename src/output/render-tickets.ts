import type { TicketReport } from '../lib/store/describe-ticket.ts'
import type { Forgettable, ForgetResult } from '../lib/store/forget-tickets.ts'
import type { TicketList } from '../lib/store/list-tickets.ts'
import type { TicketState } from '../lib/store/ticket-store.ts'
import { toCsv } from '../lib/text/csv.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import type { ExportReport } from '../lib/tickets/export-tickets.ts'
import type { CreatedReport } from '../lib/tickets/describe-created.ts'
import { counted, eth, oneIn } from './amounts.ts'
import { out } from './style.ts'
import { renderFacts, renderTable } from './table.ts'

export function renderTickets({ tickets }: TicketList): string {
  if (tickets.length === 0) return 'no tickets'
  const rows = tickets.map(
    ({ hash, state, faceValueWei, paidWei, creationRound, sender, reason }: TicketReport) => [
      shortHash(hash),
      colour(state),
      eth(faceValueWei),
      paidWei === null ? '-' : eth(paidWei),
      creationRound.toString(),
      sender,
      sanitize(reason ?? ''),
    ],
  )
  return renderTable(['ticket', 'state', 'face value', 'paid', 'round', 'sender', 'reason'], rows)
}

const columns = [
  'hash',
  'state',
  'reason',
  'sender',
  'recipient',
  'faceValueWei',
  'paidWei',
  'feeWei',
  'creationRound',
  'winProb',
  'senderNonce',
  'transactionHash',
  'addedAt',
] as const satisfies readonly (keyof TicketReport)[]

/** All that is known of each, for spreadsheets: amounts in wei. */
export function renderTicketsAsCsv({ tickets }: TicketList): string {
  const rows = tickets.map((ticket) => columns.map((column) => sanitize(String(ticket[column] ?? ''))))
  return toCsv([columns, ...rows]).trimEnd()
}

export function renderTicket(ticket: TicketReport): string {
  const { reason, paidWei, transactionHash, feeWei, creationRound } = ticket
  return renderFacts([
    ['ticket', ticket.hash],
    ['state', colour(ticket.state)],
    ...(reason === null ? [] : [['reason', sanitize(reason)] as const]),
    ['face value', eth(ticket.faceValueWei)],
    ...(paidWei === null ? [] : [['paid', eth(paidWei)] as const]),
    ...(feeWei === 0n ? [] : [['gas', eth(feeWei)] as const]),
    ...(transactionHash === null ? [] : [['transaction', transactionHash] as const]),
    ['sender', ticket.sender],
    ['recipient', ticket.recipient],
    ['wins', oneIn(ticket.winProb)],
    ['nonce', ticket.senderNonce.toString()],
    ['created', `round ${creationRound.toString()}, block ${ticket.creationRoundBlockHash}`],
    ['rand hash', ticket.recipientRandHash],
    ['signature', ticket.sig],
    ['added', ticket.addedAt.slice(0, 19).replace('T', ' ')],
  ])
}

/** What a person must have seen before tickets are forgotten. */
export function renderForgettable({ hashes, faceValueWei, pending }: Forgettable): string {
  const all = `forgets ${counted(hashes.length, 'ticket')} with a face value of ${eth(faceValueWei)}`
  return pending.tickets === 0
    ? `${all}; none of them can be redeemed any more`
    : `${all}; ${out.yellow(`${counted(pending.tickets, 'pending ticket')} of ${eth(pending.faceValueWei)} will never be redeemed`)}`
}

export function renderForgotten({ forgotten, faceValueWei, kept }: ForgetResult): string {
  if (forgotten + kept === 0) return 'nothing to do: no such tickets'
  const words = `forgotten: ${counted(forgotten, 'ticket')}, ${eth(faceValueWei)}`
  return kept === 0 ? words : `${words}; kept: ${counted(kept, 'ticket')}, taken by a redeemer meanwhile`
}

export function renderExport({ exported, output }: ExportReport): string {
  return output === null ? '' : `wrote ${counted(exported, 'ticket')} to ${sanitize(output)}`
}

/** The tickets themselves, one a line, unless they went to a file. */
export function renderCreated({ tickets, count, output }: CreatedReport): string {
  if (output !== null) return `wrote ${counted(count, 'ticket')} to ${sanitize(output)}`
  return tickets.map((ticket) => JSON.stringify(ticket)).join('\n')
}

/** Enough of a hash to name a ticket among many. */
function shortHash(hash: string): string {
  return hash.slice(0, 14)
}

function colour(state: TicketState): string {
  switch (state) {
    case 'final':
    case 'redeemed':
      return out.green(state)
    case 'pending':
    case 'submitted':
      return out.yellow(state)
    default:
      return out.red(state)
  }
}
