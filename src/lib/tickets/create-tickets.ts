import { randomBytes } from 'node:crypto'

import { DeclinedError, UsageError } from '../errors.ts'
import { signTicket } from '../pm/sign-ticket.ts'
import type { MessageSigner } from '../pm/sign-ticket.ts'
import { recipientRandHash } from '../pm/recipient-rand.ts'
import type { SignedTicket, Ticket } from '../pm/ticket.ts'
import { maxWinProb } from '../pm/win-prob.ts'
import { isWinner } from '../pm/win.ts'

/** What all tickets of one making have in common, and how many there are. */
export interface TicketOrder extends Omit<Ticket, 'senderNonce' | 'recipientRandHash'> {
  /** A random one when absent. */
  readonly recipientRand?: bigint | undefined
  /** Each following ticket has the next one. */
  readonly firstNonce: bigint
  readonly count: number
  /** Whether to go on until so many win, and to leave out those that do not. */
  readonly winnersOnly: boolean
}

export interface CreatedTickets {
  readonly tickets: readonly SignedTicket[]
  /** How many were signed for them. */
  readonly signed: number
}

/** So many take minutes; who wants more winners than that gives can raise winProb. */
const mostSignatures = 100_000n

/**
 * Signs tickets. The signer is their sender.
 *
 * @throws {UsageError} TICKETS_TOO_MANY, TICKET_FIELD_INVALID
 * @throws {ConfigurationError} SIGNATURE_UNUSABLE
 * @throws {DeclinedError} INTERRUPTED
 */
export async function createTickets(
  order: TicketOrder,
  signer: MessageSigner,
  options: { readonly onTicket?: () => void; readonly signal?: AbortSignal } = {},
): Promise<CreatedTickets> {
  requireFew(order)
  const { recipientRand = randomUint256(), firstNonce, count, winnersOnly, ...common } = order
  const session = { ...common, recipientRandHash: recipientRandHash(recipientRand) }
  const tickets: SignedTicket[] = []
  let signed = 0
  while (tickets.length < count) {
    if (options.signal?.aborted === true) {
      throw new DeclinedError('INTERRUPTED', 'interrupted; the tickets are not kept')
    }
    const ticket = { ...session, senderNonce: firstNonce + BigInt(signed) }
    const created = { ...ticket, sig: await signTicket(ticket, signer), recipientRand }
    signed++
    if (winnersOnly && !isWinner(created)) continue
    tickets.push(created)
    options.onTicket?.()
  }
  return { tickets, signed }
}

function requireFew({ count, winnersOnly, winProb }: TicketOrder): void {
  const expected = winnersOnly ? ceilDivide(BigInt(count) * maxWinProb, winProb) : BigInt(count)
  if (expected !== undefined && expected <= mostSignatures) return
  throw new UsageError('TICKETS_TOO_MANY', 'that takes more than 100,000 signatures', {
    details: { mostSignatures, ...(expected !== undefined && { expectedSignatures: expected }) },
    nextSteps: ['lower --count, or raise --win-prob'],
  })
}

function randomUint256(): bigint {
  return BigInt(`0x${randomBytes(32).toString('hex')}`)
}

function ceilDivide(a: bigint, b: bigint): bigint | undefined {
  return b === 0n ? undefined : (a + b - 1n) / b
}
