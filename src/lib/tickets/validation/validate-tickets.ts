import type { SignedTicket } from '../../pm/ticket.ts'
import { openValidator } from './open-validator.ts'
import type { Judgement, ValidatorOptions } from './open-validator.ts'

/**
 * Hashes and judges tickets: recipientRandHash, signature, win, and whether the contract could ever redeem them. Exact,
 * and the same as the functions of lib/pm, but about twenty times as fast.
 *
 * @returns one judgement for each ticket, in their order
 * @throws {UsageError} TICKET_FIELD_INVALID, for a ticket that `parseTicket` would not give
 */
export async function validateTickets(
  tickets: readonly SignedTicket[],
  options: ValidatorOptions = {},
): Promise<Judgement[]> {
  const validator = openValidator(options)
  const batches = Array.from({ length: Math.ceil(tickets.length / batchSize) }, (_, index) =>
    tickets.slice(index * batchSize, (index + 1) * batchSize),
  )
  try {
    return (await Promise.all(batches.map((batch) => validator.validate(batch)))).flat()
  } finally {
    await validator.close()
  }
}

/** Enough that a thread is seldom idle, and few enough that all threads have some. */
export const batchSize = 1024
