import type { SignedTicket } from '../pm/ticket.ts'
import { untilAborted } from '../tickets/until-aborted.ts'
import type { Reject, TicketSource } from '../tickets/sources/ticket-source.ts'
import { judgeInBatches } from '../tickets/validation/judge-in-batches.ts'
import type { JudgedTicket } from '../tickets/validation/judge-in-batches.ts'
import { defaultThreads, openValidator } from '../tickets/validation/open-validator.ts'
import { verdictReasons } from '../tickets/validation/verdict.ts'
import { SeenHashes } from './seen-hashes.ts'
import { TicketKinds } from './ticket-kinds.ts'

/** Whose luck is asked for: an orchestrator asks by sender, a gateway by recipient. */
export type AuditedParty = 'sender' | 'recipient'

export interface TallyOptions {
  readonly by: AuditedParty
  /** Others are passed over. */
  readonly wanted?: (ticket: SignedTicket) => boolean
  readonly onReject?: (reject: Reject) => void
  readonly onProgress?: (read: number, position: number) => void
  /** Stops it after what has been judged. */
  readonly signal?: AbortSignal
  /** See `openValidator`. */
  readonly threads?: number
}

/** How a source was read. */
export interface TallyReport {
  /** False when it was stopped before the end of the source. */
  readonly complete: boolean
  readonly read: number
  /** Read, and of others than wanted. */
  readonly passedOver: number
  /** What is no ticket, or not a valid one: it says nothing about luck. */
  readonly invalid: number
  /** What had been counted already. */
  readonly repeated: number
}

export interface TicketTallies extends TallyReport {
  /** The address, or `others`, to what came from it. */
  readonly groups: ReadonlyMap<string, TicketKinds>
}

/** Those that come after so many different ones are counted together. */
export const mostGroups = 1000
export const others = 'others'

/**
 * Counts tickets and winners by party and win probability, in bounded memory. Every win is worked out from signature and
 * recipientRand. A ticket counts once, however often it comes.
 */
export async function tallyTickets(
  source: Pick<TicketSource, 'chunks'>,
  { threads = defaultThreads(), ...options }: TallyOptions,
): Promise<TicketTallies> {
  const validator = openValidator({ threads })
  const tally = new Tally(options)
  const judging = judgeInBatches(validator, threads, (batch) => tally.take(batch))
  try {
    for await (const { items, position } of untilAborted(source.chunks(), options.signal)) {
      for (const item of items) {
        if (!('ticket' in item)) tally.reject(item)
        else if (options.wanted?.(item.ticket) === false) tally.passedOver++
        else await judging.add(item)
      }
      options.onProgress?.(tally.read, position)
    }
    await judging.finish()
    const { read, passedOver, invalid, repeated, groups } = tally
    return { complete: options.signal?.aborted !== true, read, passedOver, invalid, repeated, groups }
  } finally {
    await validator.close()
  }
}

class Tally {
  readonly groups = new Map<string, TicketKinds>()
  passedOver = 0
  invalid = 0
  repeated = 0
  #counted = 0
  readonly #seen = new SeenHashes()
  readonly #options: TallyOptions

  constructor(options: TallyOptions) {
    this.#options = options
  }

  get read(): number {
    return this.#counted + this.passedOver + this.invalid + this.repeated
  }

  reject(reject: Reject): void {
    this.invalid++
    this.#options.onReject?.(reject)
  }

  take(batch: readonly JudgedTicket[]): void {
    for (const { place, ticket, hash, verdict } of batch) {
      if (verdict !== 'winner' && verdict !== 'loser') this.reject({ place, reason: verdictReasons[verdict] })
      else if (!this.#seen.add(hash)) this.repeated++
      else {
        this.#counted++
        this.#groupOf(ticket).add(ticket.winProb, 1n, verdict === 'winner' ? 1n : 0n)
      }
    }
  }

  #groupOf(ticket: SignedTicket): TicketKinds {
    const party = ticket[this.#options.by]
    const name = this.groups.has(party) || this.groups.size < mostGroups ? party : others
    const known = this.groups.get(name)
    if (known !== undefined) return known
    const made = new TicketKinds()
    this.groups.set(name, made)
    return made
  }
}
