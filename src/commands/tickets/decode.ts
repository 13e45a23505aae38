import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { readTextFile } from '../../lib/files/read-text-file.ts'
import { decodeText } from '../../lib/tickets/decode/decode-text.ts'
import type { DecodeReport } from '../../lib/tickets/decode/decode-text.ts'
import { renderDecoded } from '../../output/render-decoded.ts'
import { readStandardInput } from '../../prompts/standard-input.ts'

const maxBytes = 1024 * 1024

export default class TicketsDecode extends BaseCommand<DecodeReport> {
  static override summary = 'show what a ticket, a payment header or the calldata of a redemption says'
  static override description =
    'Reads tickets in JSON, the header Livepeer-Payment in base64, and the calldata of redeemWinningTicket and batchRedeemWinningTickets; shows hash, expected value, probability and who signed. It asks no chain and refuses nothing for a wrong signature: for checks see lp-pay tickets verify.'
  static override examples = [
    '<%= config.bin %> tickets decode ticket.json',
    '<%= config.bin %> tickets decode - --json < header.txt',
  ]

  static override args = {
    input: Args.string({
      description: 'what to decode, a file with it, or - for standard input',
      required: true,
      ignoreStdin: true,
    }),
  }

  protected override async execute(): Promise<DecodeReport> {
    const { args } = await this.parse(TicketsDecode)
    const { input } = args
    const text =
      input === '-' ? await readStandardInput(maxBytes) : ((await readTextFile(input, maxBytes)) ?? input)
    return decodeText(text)
  }

  protected override render(report: DecodeReport): string {
    return renderDecoded(report)
  }
}
