import { BaseCommand } from '../../base-command.ts'
import { storeFlags } from '../../flags/store.ts'
import { ticketStats } from '../../lib/store/ticket-stats.ts'
import type { TicketStats } from '../../lib/store/ticket-stats.ts'
import { renderTicketStats } from '../../output/render-ticket-stats.ts'

export default class TicketsStats extends BaseCommand<TicketStats> {
  static override summary = 'show what became of all tickets, by sender'
  static override description =
    'Deferred tickets are pending ones that were looked at and left, for a reason that lp-pay tickets list shows. Paid is what the chain credited, and efficiency what is left of the face value of redeemed tickets after all gas.'
  static override examples = ['<%= config.bin %> tickets stats', '<%= config.bin %> tickets stats --json']

  static override flags = { ...storeFlags }

  protected override async execute(): Promise<TicketStats> {
    const { flags } = await this.parse(TicketsStats)
    return ticketStats(await this.openStore(await this.settings(flags)))
  }

  protected override render(stats: TicketStats): string {
    return renderTicketStats(stats)
  }
}
