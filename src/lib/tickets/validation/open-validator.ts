import { availableParallelism } from 'node:os'
import type { Hex } from 'viem'

import type { SignedTicket } from '../../pm/ticket.ts'
import type { ValidationEngine } from './engine.ts'
import { packTickets } from './packed-tickets.ts'
import { resultSize, validatePacked } from './validate-packed.ts'
import { verdicts } from './verdict.ts'
import type { Verdict } from './verdict.ts'
import { openWorkerPool } from './worker-pool.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What the validation says of a ticket. */
export interface Judgement {
  /** The ticket hash. */
  readonly hash: Hex
  readonly verdict: Verdict
}

/** Validates tickets in batches, in threads of its own once there are many. */
export interface Validator {
  /**
   * One judgement for each ticket, in their order.
   *
   * @throws {UsageError} TICKET_FIELD_INVALID, for a ticket that no codec of ours has read
   */
  validate(tickets: readonly SignedTicket[]): Promise<Judgement[]>
  /** Ends the threads; what is being validated then fails. */
  close(): Promise<void>
}

export interface ValidatorOptions {
  /** 1: none but this one. The number of cores, at most 8, unless told. */
  readonly threads?: number
}

/** So few tickets are done before a thread has started. */
const fewTickets = 512

const maxThreads = 8

/** What `threads` is unless told. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), maxThreads)
}

export function openValidator({ threads = defaultThreads() }: ValidatorOptions = {}): Validator {
  let seen = 0
  let engine: Promise<ValidationEngine> | undefined
  let pool: WorkerPool | undefined
  return {
    async validate(tickets) {
      const packed = packTickets(tickets)
      seen += tickets.length
      if (threads > 1 && seen > fewTickets) {
        pool ??= openWorkerPool(threads)
        return readResults(await pool.validate(packed))
      }
      engine ??= loadEngine()
      return readResults(validatePacked(packed, await engine))
    },
    async close() {
      await pool?.close()
    },
  }
}

/** Loaded when it is first needed: compiling it takes longer than most commands. */
async function loadEngine(): Promise<ValidationEngine> {
  const { oxEngine } = await import('./ox-engine.ts')
  return oxEngine()
}

function readResults(results: Uint8Array): Judgement[] {
  const bytes = Buffer.from(results.buffer, results.byteOffset, results.length)
  return Array.from({ length: bytes.length / resultSize }, (_, index) => {
    const start = index * resultSize
    const verdict = verdicts[bytes[start + 32] ?? -1]
    if (verdict === undefined) throw new Error('the validation gave an unknown verdict')
    return { hash: `0x${bytes.toString('hex', start, start + 32)}`, verdict }
  })
}
