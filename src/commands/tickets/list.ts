import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { wholeNumberFlag } from '../../flags/whole-number.ts'
import { storeFlags } from '../../flags/store.ts'
import { ticketFilterFlags, toTicketFilter } from '../../flags/tickets.ts'
import { listTickets } from '../../lib/store/list-tickets.ts'
import type { TicketList } from '../../lib/store/list-tickets.ts'
import { renderTickets, renderTicketsAsCsv } from '../../output/render-tickets.ts'

export default class TicketsList extends BaseCommand<TicketList> {
  static override summary = 'list the tickets of the store, with what became of them'
  static override description =
    'Ordered by the round of their creation. A pending ticket shows why it was not redeemed at the last look. Amounts of --csv and --json are wei; for all tickets with all that their redemption takes, see lp-pay tickets export.'
  static override examples = [
    '<%= config.bin %> tickets list',
    '<%= config.bin %> tickets list --state pending --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '<%= config.bin %> tickets list --state final --state redeemed --csv > paid.csv',
    '<%= config.bin %> tickets list --round 3512 --limit 20 --json',
  ]

  static override flags = {
    ...ticketFilterFlags,
    limit: wholeNumberFlag({ description: 'how many at most', helpValue: 'N', default: 1000 }),
    csv: Flags.boolean({ description: 'comma-separated values, for spreadsheets', exclusive: ['json'] }),
    ...storeFlags,
  }

  private csv = false

  protected override async execute(): Promise<TicketList> {
    const { flags } = await this.parse(TicketsList)
    this.csv = flags.csv
    const store = await this.openStore(await this.settings(flags))
    const list = await listTickets(store, { ...toTicketFilter(flags), limit: flags.limit })
    if (list.more) this.addWarning(`these are only the first ${flags.limit}: raise --limit, or filter`)
    return list
  }

  protected override render(list: TicketList): string {
    return this.csv ? renderTicketsAsCsv(list) : renderTickets(list)
  }
}
