import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { addressFlag } from '../../flags/address.ts'
import { storeFlags } from '../../flags/store.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { findTicket, isTicketName } from '../../lib/store/find-ticket.ts'
import { openTicketSource } from '../../lib/tickets/sources/open-ticket-source.ts'
import { failedVerification, verifySource } from '../../lib/tickets/verify-source.ts'
import type { VerifyReport } from '../../lib/tickets/verify-source.ts'
import { verifyTicket } from '../../lib/tickets/verify-ticket.ts'
import { renderVerifications } from '../../output/render-verification.ts'
import { sourceInput } from '../../prompts/standard-input.ts'

export default class TicketsVerify extends BaseCommand<VerifyReport> {
  static override summary = 'explain every check of a ticket, and repeat its win'
  static override description =
    "Makes an orchestrator's checks in its order and with its words, and last what the contract wants of a winner. It works offline: what only the chain knows, such as whether a ticket is used or has expired, is not checked. Exits with 11 when a ticket is not valid or did not win."
  static override examples = [
    '<%= config.bin %> tickets verify ticket.json',
    '<%= config.bin %> tickets verify 0x5ad9ac3f',
    '<%= config.bin %> tickets verify - --recipient 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65 --json < tickets.ndjson',
  ]

  static override args = {
    ticket: Args.string({
      description: 'a file of tickets, - for standard input, or the hash of a ticket of the store',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    recipient: addressFlag({ description: 'check that it is for this orchestrator' }),
    ...storeFlags,
  }

  protected override async execute(): Promise<VerifyReport> {
    const { args, flags } = await this.parse(TicketsVerify)
    const known = flags.recipient === undefined ? {} : { recipient: flags.recipient }
    if (isTicketName(args.ticket)) {
      const store = await this.openStore(await this.settings(flags))
      const { ticket } = await findTicket(store, args.ticket)
      return { tickets: [verifyTicket(ticket, known)], unreadable: [], more: false }
    }
    const source = await openTicketSource(sourceInput(args.ticket))
    this.onExit(() => source.close())
    const report = await verifySource(source, known)
    if (report.more) this.addWarning('only the first 100 are explained; lp-pay tickets import checks all')
    return report
  }

  protected override render(report: VerifyReport): string {
    return renderVerifications(report)
  }

  protected override failureOf(report: VerifyReport): LpPayError | undefined {
    return failedVerification(report)
  }
}
