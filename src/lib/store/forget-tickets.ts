import type { Address, Hex } from 'viem'

import { PreconditionError, UsageError } from '../errors.ts'
import { findTicket } from './find-ticket.ts'
import type { StoredTicket, TicketState, TicketStore } from './ticket-store.ts'

/** What a ticket may be when it is forgotten. The others are on the chain or on their way to it, or are history. */
const forgettable: readonly TicketState[] = ['pending', 'expired', 'invalid']

/** Tickets by name; or all that are pending, or expired, of one sender or of all. */
export interface ForgetRequest {
  /** Hashes, or their beginnings. */
  readonly names: readonly string[]
  readonly expired: boolean
  readonly sender?: Address | undefined
}

/** What would be forgotten. */
export interface Forgettable {
  readonly hashes: readonly Hex[]
  readonly faceValueWei: bigint
  /** What could still be redeemed is worth something. */
  readonly pending: { readonly tickets: number; readonly faceValueWei: bigint }
}

export interface ForgetResult {
  /** Where the store is. */
  readonly store: string
  readonly forgotten: number
  readonly faceValueWei: bigint
  /** Tickets that a redeemer has taken meanwhile. */
  readonly kept: number
}

/**
 * Chooses the tickets to forget. Those that are forgotten already are passed over.
 *
 * @throws {UsageError} SELECTION_MISSING, TICKET_NOT_FOUND, TICKET_AMBIGUOUS
 * @throws {PreconditionError} TICKET_NOT_FORGETTABLE
 */
export async function chooseToForget(store: TicketStore, request: ForgetRequest): Promise<Forgettable> {
  const { names, expired, sender } = request
  const byName = names.length > 0
  const byKind = expired || sender !== undefined
  if (byName === byKind) {
    throw new UsageError('SELECTION_MISSING', 'name tickets, or choose them by --expired or --sender', {
      nextSteps: ['lp-pay tickets forget HASH, or lp-pay tickets forget --expired'],
    })
  }
  const chosen = new Map<Hex, Choice>()
  for (const name of names) {
    const ticket = await findTicket(store, name)
    if (ticket.state === 'forgotten') continue
    requireForgettable(ticket)
    chosen.set(ticket.hash, toChoice(ticket))
  }
  if (names.length === 0) {
    const states: readonly TicketState[] = [expired ? 'expired' : 'pending']
    for await (const ticket of store.list({ states, ...(sender !== undefined && { sender }) })) {
      chosen.set(ticket.hash, toChoice(ticket))
    }
  }
  return weigh(chosen)
}

/** Ends tickets as forgotten: they are never redeemed, and not taken up again when they are imported again. */
export async function forgetTickets(store: TicketStore, { hashes }: Forgettable): Promise<ForgetResult> {
  let forgotten = 0
  let faceValueWei = 0n
  for (let at = 0; at < hashes.length; at += chunkSize) {
    // The user may have taken his time to say yes.
    const before = await readAll(store, hashes.slice(at, at + chunkSize))
    const chunk = before.filter(({ state }) => forgettable.includes(state)).map(({ hash }) => hash)
    await store.record(chunk.map((hash) => ({ hash, state: 'forgotten', reason: 'forgotten by the user' })))
    for (const { state, ticket } of await readAll(store, chunk)) {
      if (state !== 'forgotten') continue
      forgotten++
      faceValueWei += ticket.faceValue
    }
  }
  return { store: store.location, forgotten, faceValueWei, kept: hashes.length - forgotten }
}

const chunkSize = 500

async function readAll(store: TicketStore, hashes: readonly Hex[]): Promise<StoredTicket[]> {
  const tickets = await Promise.all(hashes.map((hash) => store.get(hash)))
  return tickets.filter((ticket) => ticket !== undefined)
}

function requireForgettable({ hash, state }: StoredTicket): void {
  if (forgettable.includes(state)) return
  throw new PreconditionError(
    'TICKET_NOT_FORGETTABLE',
    `ticket ${hash} cannot be forgotten: it is ${state}`,
    {
      details: { hash, state, forgettable },
      nextSteps: [`lp-pay tickets show ${hash}`],
    },
  )
}

/** All that is kept of a ticket: there may be a million of them. */
interface Choice {
  readonly pending: boolean
  readonly faceValueWei: bigint
}

function toChoice({ state, ticket }: StoredTicket): Choice {
  return { pending: state === 'pending', faceValueWei: ticket.faceValue }
}

function weigh(chosen: ReadonlyMap<Hex, Choice>): Forgettable {
  const worth = (of: readonly Choice[]) => of.reduce((all, { faceValueWei }) => all + faceValueWei, 0n)
  const choices = [...chosen.values()]
  const pending = choices.filter((choice) => choice.pending)
  return {
    hashes: [...chosen.keys()],
    faceValueWei: worth(choices),
    pending: { tickets: pending.length, faceValueWei: worth(pending) },
  }
}
