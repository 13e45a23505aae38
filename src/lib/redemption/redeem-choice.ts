import type { Address, Hex } from 'viem'

import { PreconditionError } from '../errors.ts'
import { ticketNotFound } from '../store/find-ticket.ts'
import type { StoredTicket, TicketState, TicketStore } from '../store/ticket-store.ts'
import { formatWei } from '../units/wei.ts'

/** Which tickets of a store are meant; all pending ones when empty. */
export interface TicketChoice {
  readonly senders: readonly Address[]
  /** Hashes or the beginnings of them, in lower case. */
  readonly hashes: readonly string[]
}

export const allTickets: TicketChoice = { senders: [], hashes: [] }

/** The pending tickets that are meant. */
export async function choosePending(
  store: TicketStore,
  { senders, hashes }: TicketChoice,
): Promise<StoredTicket[]> {
  const wanted = new Set(senders.map((sender) => sender.toLowerCase()))
  const chosen: StoredTicket[] = []
  for await (const ticket of store.list({ states: ['pending'] })) {
    if (wanted.size > 0 && !wanted.has(ticket.ticket.sender.toLowerCase())) continue
    if (hashes.length > 0 && !hashes.some((prefix) => ticket.hash.startsWith(prefix))) continue
    chosen.push(ticket)
  }
  return chosen
}

/** What may still come to be redeemed by a run; a transaction under way is settled before anything else. */
const openStates: ReadonlySet<TicketState> = new Set(['pending', 'submitted', 'redeemed'])

/**
 * Makes sure that tickets that are asked for by their hashes can be redeemed as far as the store knows.
 *
 * @throws {UsageError} TICKET_NOT_FOUND
 * @throws {PreconditionError} TICKET_NOT_PENDING
 */
export async function requireTickets(store: TicketStore, hashes: readonly string[]): Promise<void> {
  for (const prefix of hashes) {
    const found: StoredTicket[] = []
    for await (const ticket of store.list({ hashPrefix: prefix as Hex })) found.push(ticket)
    const [first] = found
    if (first === undefined) throw ticketNotFound(store, prefix)
    if (found.some(({ state }) => openStates.has(state))) continue
    throw new PreconditionError('TICKET_NOT_PENDING', `ticket ${first.hash} is ${describe(first)}`, {
      details: { hash: first.hash, state: first.state },
      nextSteps: [`lp-pay tickets show ${first.hash}`],
    })
  }
}

function describe({ state, reason, paidWei, transactionHash }: StoredTicket): string {
  switch (state) {
    case 'final':
      return `redeemed already: ${formatWei(paidWei ?? 0n)} ETH by ${transactionHash ?? 'an unknown transaction'}`
    case 'usedElsewhere':
      return `redeemed already${transactionHash === undefined ? '' : ` by ${transactionHash}`}`
    default:
      return reason === undefined || reason === state ? state : `${state}: ${reason}`
  }
}
