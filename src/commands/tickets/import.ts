import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { storeFlags } from '../../flags/store.ts'
import type { Settings } from '../../lib/config/settings.ts'
import { RpcUnavailableError } from '../../lib/errors.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { readExpiry } from '../../lib/rounds/read-expiry.ts'
import type { TicketStore } from '../../lib/store/ticket-store.ts'
import { failedImport, importSource, requireSourceOfChain } from '../../lib/tickets/import-source.ts'
import type { ImportResult } from '../../lib/tickets/import-source.ts'
import { openTicketSource } from '../../lib/tickets/sources/open-ticket-source.ts'
import { ticketFormats } from '../../lib/tickets/sources/ticket-source.ts'
import { count } from '../../output/amounts.ts'
import { startProgress } from '../../output/progress.ts'
import { renderImport } from '../../output/render-import.ts'
import { sourceInput } from '../../prompts/standard-input.ts'

export default class TicketsImport extends BaseCommand<ImportResult> {
  static override summary = 'take winning tickets into the store'
  static override description =
    "Reads go-livepeer's lpdb.sqlite3, also while the node runs and never writing to it, or tickets in NDJSON, JSON or CSV. Every ticket is validated: winners are stored, losing ones counted, and what is invalid goes to a file with its line and the reason, which stops nothing. Exits with 0 when there was anything valid, or nothing at all, and with 11 when all was invalid. With an RPC, tickets that have expired are stored as that."
  static override examples = [
    '<%= config.bin %> tickets import ~/.lpData/arbitrum-one-mainnet/lpdb.sqlite3',
    '<%= config.bin %> tickets import winners.ndjson --offline',
    '<%= config.bin %> tickets import winners.csv --format csv --rejects wrong.ndjson --json',
    '<%= config.bin %> tickets import - --store postgres://lp-pay@db.example/tickets < winners.ndjson',
  ]

  static override args = {
    source: Args.string({
      description: 'the file, or - for standard input',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    format: Flags.option({
      options: ticketFormats,
      description: 'what the source holds; found by its contents when absent',
    })(),
    rejects: Flags.string({
      description: 'file for what is invalid; beside the source when absent',
      helpValue: 'FILE',
    }),
    offline: Flags.boolean({ description: 'ask no chain which tickets have expired' }),
    ...storeFlags,
  }

  protected override async execute(): Promise<ImportResult> {
    const { args, flags } = await this.parse(TicketsImport)
    const settings = await this.settings(flags)
    const { format } = flags
    const source = await openTicketSource(sourceInput(args.source), format === undefined ? {} : { format })
    this.onExit(() => source.close())
    requireSourceOfChain(source, settings.network.value)
    const store = await this.openStore(settings)
    const round = flags.offline ? undefined : await this.readRound(settings, store)
    const progress = startProgress('importing', source.size)
    this.onExit(() => progress.end())
    const result = await importSource(source, store, {
      name: args.source,
      rejectFile: flags.rejects,
      signal: this.signal,
      onProgress: ({ read, position }) => progress.reach(position, `${count(read)} tickets`),
      ...(round !== undefined && { round }),
    })
    progress.end()
    if (result.rejects !== null) this.addWarning(`${count(result.invalid)} invalid: see ${result.rejects}`)
    return result
  }

  protected override render(result: ImportResult): string {
    return renderImport(result)
  }

  protected override failureOf(result: ImportResult): LpPayError | undefined {
    return failedImport(result)
  }

  /** Tickets can be taken in without a chain; what has expired is found when they are redeemed. */
  private async readRound(settings: Settings, store: TicketStore) {
    if (settings.rpcUrls.value.length === 0) {
      this.addWarning('no RPC is configured, so that it is not known which tickets have expired')
      return undefined
    }
    try {
      const connection = await this.connect(settings)
      await store.requireChain(connection.chainKey)
      return await readExpiry(connection)
    } catch (error) {
      if (!(error instanceof RpcUnavailableError)) throw error
      this.addWarning(`${error.message}; it is not known which tickets have expired`)
      return undefined
    }
  }
}
