import type { Hex } from 'viem'

import { isExpired } from '../pm/expiry.ts'
import type { NewTicket, TicketStore } from '../store/ticket-store.ts'
import type { Reject, TicketSource } from './sources/ticket-source.ts'
import { untilAborted } from './until-aborted.ts'
import { judgeInBatches } from './validation/judge-in-batches.ts'
import type { JudgedTicket } from './validation/judge-in-batches.ts'
import { defaultThreads, openValidator } from './validation/open-validator.ts'
import { verdictReasons } from './validation/verdict.ts'

/** What an import needs of a store. */
export type ImportStore = Pick<TicketStore, 'add' | 'get' | 'record'>

/** What the chain says of the time, for a look at what has expired. */
export interface RoundInfo {
  readonly currentRound: bigint
  readonly ticketValidityPeriod: bigint
}

export interface ImportProgress {
  /** Tickets and rejects that were judged. */
  readonly read: number
  /** How much of the source was read, of its `size`. */
  readonly position: number
  readonly size: number | undefined
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void
  /** What was not taken; the import waits for a promise. */
  readonly onReject?: (reject: Reject) => void | Promise<void>
  readonly round?: RoundInfo
  /** Stops the import after what has been judged is stored. */
  readonly signal?: AbortSignal
  /** See `openValidator`. */
  readonly threads?: number
}

/** `read` is the sum of new, known, invalid and losing. */
export interface ImportReport {
  /** False when it was stopped before the end of the source. */
  readonly complete: boolean
  readonly read: number
  readonly new: number
  /** Winners that were in the store before, or came twice. */
  readonly known: number
  /** What cannot be read, and tickets that the contract will never redeem. */
  readonly invalid: number
  readonly losing: number
  /** Of the new and known ones, those that were pending and have expired; null when the round is not known. */
  readonly expired: number | null
}

/** So many winners are stored in one transaction of the store, which ends with a write to the disk. */
const winnersAtOnce = 4096

/**
 * Reads tickets from a source, validates them and puts the winners into a store, in flat memory. A losing ticket can
 * never be redeemed and is only counted; one that has expired is stored as that. Who opened source and store closes them.
 */
export async function importTickets(
  source: TicketSource,
  store: ImportStore,
  { threads = defaultThreads(), ...options }: ImportOptions = {},
): Promise<ImportReport> {
  const validator = openValidator({ threads })
  const run = new ImportRun(store, options)
  const judging = judgeInBatches(validator, threads, (batch) => run.take(batch))
  try {
    for await (const { items, position } of untilAborted(source.chunks(), options.signal)) {
      for (const item of items) {
        if ('ticket' in item) await judging.add(item)
        else await run.reject(item)
      }
      options.onProgress?.({ read: run.read, position, size: source.size })
    }
    const complete = options.signal?.aborted !== true
    await (complete ? judging.finish() : judging.settle())
    await run.store()
    return { complete, ...run.counts() }
  } finally {
    await validator.close()
  }
}

class ImportRun {
  readonly #store: ImportStore
  readonly #options: Omit<ImportOptions, 'threads'>
  #winners: NewTicket[] = []
  #new = 0
  #known = 0
  #invalid = 0
  #losing = 0
  #expired = 0

  constructor(store: ImportStore, options: Omit<ImportOptions, 'threads'>) {
    this.#store = store
    this.#options = options
  }

  get read(): number {
    return this.#new + this.#known + this.#invalid + this.#losing + this.#winners.length
  }

  counts(): Omit<ImportReport, 'complete'> {
    return {
      read: this.read,
      new: this.#new,
      known: this.#known,
      invalid: this.#invalid,
      losing: this.#losing,
      expired: this.#options.round === undefined ? null : this.#expired,
    }
  }

  async reject(reject: Reject): Promise<void> {
    this.#invalid++
    await this.#options.onReject?.(reject)
  }

  async take(batch: readonly JudgedTicket[]): Promise<void> {
    for (const { place, ticket, hash, verdict } of batch) {
      if (verdict === 'winner') this.#winners.push({ hash, ticket })
      else if (verdict === 'loser') this.#losing++
      else await this.reject({ place, reason: verdictReasons[verdict] })
    }
    if (this.#winners.length >= winnersAtOnce) await this.store()
  }

  async store(): Promise<void> {
    const winners = this.#winners
    if (winners.length === 0) return
    this.#winners = []
    const added = await this.#store.add(winners)
    this.#new += added
    this.#known += winners.length - added
    await this.#recordExpired(winners, added === winners.length)
  }

  async #recordExpired(winners: readonly NewTicket[], allNew: boolean): Promise<void> {
    const { round } = this.#options
    if (round === undefined) return
    const { currentRound, ticketValidityPeriod } = round
    const expired: { hash: Hex; state: 'expired'; reason: string }[] = []
    for (const [hash, ticket] of new Map(winners.map((winner) => [winner.hash, winner.ticket]))) {
      if (!isExpired(ticket.creationRound, ticketValidityPeriod, currentRound)) continue
      // A ticket that was known may have come to another end.
      if (!allNew && (await this.#store.get(hash))?.state !== 'pending') continue
      const last = ticket.creationRound + ticketValidityPeriod - 1n
      expired.push({ hash, state: 'expired', reason: `round ${String(last)} was its last` })
    }
    if (expired.length > 0) await this.#store.record(expired)
    this.#expired += expired.length
  }
}
