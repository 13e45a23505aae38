import type { SourceTicket } from '../sources/ticket-source.ts'
import type { Judgement, Validator } from './open-validator.ts'
import { batchSize } from './validate-tickets.ts'

/** Tickets on their way through a validator, batch by batch, of which no more wait than its threads can use. */
export interface Judging {
  /** Waits while the threads have enough to do. */
  add(ticket: SourceTicket): Promise<void>
  /** Waits for the batches that are under way; what has not filled one stays behind. */
  settle(): Promise<void>
  /** The same after what has not filled a batch is under way too. */
  finish(): Promise<void>
}

export type JudgedTicket = SourceTicket & Judgement

/** @param take is told of every batch, in the order in which tickets were added */
export function judgeInBatches(
  validator: Validator,
  threads: number,
  take: (batch: readonly JudgedTicket[]) => void | Promise<void>,
): Judging {
  const underWay: { batch: readonly SourceTicket[]; judgements: Promise<Judgement[]> }[] = []
  let batch: SourceTicket[] = []
  const submit = () => {
    const judgements = validator.validate(batch.map(({ ticket }) => ticket))
    // It is awaited in its turn; until then its failure is nobody's.
    judgements.catch(() => undefined)
    underWay.push({ batch, judgements })
    batch = []
  }
  const settle = async (leave: number) => {
    while (underWay.length > leave) {
      const next = underWay.shift()
      if (next !== undefined) await take(judged(next.batch, await next.judgements))
    }
  }
  return {
    async add(ticket) {
      batch.push(ticket)
      if (batch.length < batchSize) return
      submit()
      // Each thread has one batch to work at and one that waits.
      await settle(2 * threads)
    },
    settle: () => settle(0),
    async finish() {
      if (batch.length > 0) submit()
      await settle(0)
    },
  }
}

function judged(batch: readonly SourceTicket[], judgements: readonly Judgement[]): JudgedTicket[] {
  return batch.map((ticket, index) => {
    const judgement = judgements[index]
    if (judgement === undefined) throw new Error('the validation lost a ticket')
    return { ...ticket, ...judgement }
  })
}
