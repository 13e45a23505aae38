import { dirname, basename, join } from 'node:path'

import { CheckFailedError, ConfigurationError, DeclinedError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import type { TicketStore } from '../store/ticket-store.ts'
import { importTickets } from './import-tickets.ts'
import type { ImportOptions, ImportReport, ImportStore } from './import-tickets.ts'
import { openRejectFile } from './reject-file.ts'
import type { TicketFormat, TicketSource } from './sources/ticket-source.ts'

export interface ImportSourceOptions extends Omit<ImportOptions, 'onReject'> {
  /** The path of the source; `-` is standard input. */
  readonly name: string
  /** Where what is not taken goes; found by the name of the source when absent. */
  readonly rejectFile?: string | undefined
}

export interface ImportResult extends ImportReport {
  /** The path, or `-`. */
  readonly source: string
  readonly format: TicketFormat
  /** Where the store is. */
  readonly store: string
  /** The file that says what was not taken, and why; null when all was. */
  readonly rejects: string | null
}

/**
 * Imports tickets, and writes what is not taken into a file.
 *
 * @throws {ConfigurationError} FILE_NOT_WRITTEN, and what source and store throw
 */
export async function importSource(
  source: TicketSource,
  store: ImportStore & Pick<TicketStore, 'location'>,
  { name, rejectFile, ...options }: ImportSourceOptions,
): Promise<ImportResult> {
  const rejects = openRejectFile(rejectFile ?? rejectFileOf(name, source.format))
  let report: ImportReport
  try {
    report = await importTickets(source, store, { ...options, onReject: (reject) => rejects.write(reject) })
  } finally {
    await rejects.close()
  }
  const { format } = source
  const rejected = rejects.count > 0 ? rejects.path : null
  return { source: name, format, store: store.location, ...report, rejects: rejected }
}

/** Beside the source; of standard input and of the node's database, whose folder is not ours, in the current one. */
function rejectFileOf(name: string, format: TicketFormat): string {
  if (name === '-') return 'tickets.rejects.ndjson'
  const file = `${basename(name)}.rejects.ndjson`
  return format === 'lpdb' ? file : join(dirname(name), file)
}

/**
 * Refuses the database of a node on another chain, whose tickets would all seem invalid or expired here.
 *
 * @throws {ConfigurationError} TICKETS_OF_OTHER_CHAIN
 */
export function requireSourceOfChain(
  { chainId }: Pick<TicketSource, 'chainId'>,
  network: { readonly name: string; readonly chainId: number },
): void {
  if (chainId === undefined || chainId === BigInt(network.chainId)) return
  throw new ConfigurationError(
    'TICKETS_OF_OTHER_CHAIN',
    `these tickets are of chain ${chainId.toString()}, and ${network.name} is chain ${network.chainId}`,
    {
      details: { chainOfTickets: chainId, chain: network.chainId, network: network.name },
      nextSteps: ['choose the network of the node: --network NAME'],
    },
  )
}

/** The error that an import amounts to that was stopped, or found nothing but what is no ticket. */
export function failedImport({ complete, read, invalid, rejects }: ImportResult): LpPayError | undefined {
  if (!complete) {
    return new DeclinedError(
      'INTERRUPTED',
      'interrupted before the end; what was read until then is stored',
      {
        nextSteps: ['repeat the command: what is stored counts as known'],
      },
    )
  }
  if (read === 0 || invalid < read) return undefined
  return new CheckFailedError('TICKETS_INVALID', 'nothing in it is a valid ticket', {
    details: { read, rejects },
    nextSteps: rejects === null ? [] : [`see why: head ${rejects}`],
  })
}
