import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { storeFlags } from '../../flags/store.ts'
import { describeTicket } from '../../lib/store/describe-ticket.ts'
import type { TicketReport } from '../../lib/store/describe-ticket.ts'
import { findTicket } from '../../lib/store/find-ticket.ts'
import { renderTicket } from '../../output/render-tickets.ts'

export default class TicketsShow extends BaseCommand<TicketReport> {
  static override summary = 'show a ticket of the store, and what became of it'
  static override description =
    'The random number of its recipient is not shown, as a sender who knew it could sign tickets that never win; lp-pay tickets export has it.'
  static override examples = [
    '<%= config.bin %> tickets show 0x5ad9ac3f',
    '<%= config.bin %> tickets show 0x5ad9ac3f --json',
  ]

  static override args = {
    hash: Args.string({ description: 'its hash, or the beginning of it', required: true, ignoreStdin: true }),
  }

  static override flags = { ...storeFlags }

  protected override async execute(): Promise<TicketReport> {
    const { args, flags } = await this.parse(TicketsShow)
    const store = await this.openStore(await this.settings(flags))
    return describeTicket(await findTicket(store, args.hash))
  }

  protected override render(ticket: TicketReport): string {
    return renderTicket(ticket)
  }
}
