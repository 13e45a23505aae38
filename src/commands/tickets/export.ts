import * as Flags from '@oclif/core/flags'

import { BaseCommand, wantsJson } from '../../base-command.ts'
import { storeFlags } from '../../flags/store.ts'
import { ticketFilterFlags, toTicketFilter } from '../../flags/tickets.ts'
import { UsageError } from '../../lib/errors.ts'
import { writeNewFile } from '../../lib/files/write-file-atomic.ts'
import { exportFormats, exportTickets } from '../../lib/tickets/export-tickets.ts'
import type { ExportReport } from '../../lib/tickets/export-tickets.ts'
import { renderExport } from '../../output/render-tickets.ts'
import { printChunks } from '../../output/streams.ts'

export default class TicketsExport extends BaseCommand<ExportReport> {
  static override summary = 'write tickets of the store with all that their redemption takes'
  static override description =
    'What is written can be imported again, here or elsewhere, and says what became of each ticket. Keep it private: with the random number of the recipient a sender could sign tickets that never win. --output makes a new file that only you can read.'
  static override examples = [
    '<%= config.bin %> tickets export --state pending --output winners.ndjson',
    '<%= config.bin %> tickets export --format csv --output paid.csv --state final',
    '<%= config.bin %> tickets export --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | wc -l',
  ]

  static override flags = {
    ...ticketFilterFlags,
    format: Flags.option({
      options: exportFormats,
      description: 'how to write them; one a line when absent',
      default: 'ndjson',
    })(),
    output: Flags.string({
      description: 'new file to write to; standard output when absent',
      helpValue: 'FILE',
    }),
    ...storeFlags,
  }

  protected override async execute(): Promise<ExportReport> {
    const { flags } = await this.parse(TicketsExport)
    const { format, output } = flags
    if (output === undefined && wantsJson(this.argv)) {
      throw new UsageError('OUTPUT_MISSING', 'with --json, --output says where the tickets go', {
        nextSteps: ['--output tickets.ndjson'],
      })
    }
    const store = await this.openStore(await this.settings(flags))
    let exported = 0
    const chunks = exportTickets(store.list(toTicketFilter(flags)), format, () => exported++)
    await (output === undefined ? printChunks(chunks) : writeNewFile(output, chunks))
    return { store: store.location, format, exported, output: output ?? null }
  }

  protected override render(report: ExportReport): string {
    return renderExport(report)
  }
}
