import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { addressFlag } from '../../flags/address.ts'
import { amountFlag } from '../../flags/amount.ts'
import { wholeNumberFlag } from '../../flags/whole-number.ts'
import { hashFlag, uint256Flag, winProbFlag } from '../../flags/numbers.ts'
import { chooseAccount } from '../../lib/config/choose-account.ts'
import { writeNewFile } from '../../lib/files/write-file-atomic.ts'
import { readCreationRound } from '../../lib/rounds/read-creation-round.ts'
import { createTickets } from '../../lib/tickets/create-tickets.ts'
import { describeCreated } from '../../lib/tickets/describe-created.ts'
import type { CreatedReport } from '../../lib/tickets/describe-created.ts'
import { toTicketLine } from '../../lib/tickets/ticket-lines.ts'
import { renderCreated } from '../../output/render-tickets.ts'
import { passwordReader } from '../../prompts/password.ts'

export default class TicketsCreate extends BaseCommand<CreatedReport> {
  static override summary = 'sign tickets from given parameters, for tests and devnets'
  static override description =
    'Prints one ticket a line, as lp-pay tickets import reads them. The account is the sender. Tickets are created in the last initialized round of the chain, or in the one that --creation-round and --block-hash give without asking it. They hold the random number of the recipient, which only he would know of real ones.'
  static override examples = [
    '<%= config.bin %> tickets create --recipient 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65 --face-value 0.0012 --win-prob 1/10 --winners-only --count 5 --network devnet > winners.ndjson',
    '<%= config.bin %> tickets create --recipient 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65 --face-value 1gwei --win-prob 0.001 --count 100 --output tickets.ndjson',
  ]

  static override flags = {
    recipient: addressFlag({ description: 'who is paid', required: true }),
    'face-value': amountFlag({ description: 'what a winner pays', required: true }),
    'win-prob': winProbFlag({
      description: 'probability of winning: 1/1000, 0.001, or winProb',
      required: true,
    }),
    count: wholeNumberFlag({ description: 'how many tickets', helpValue: 'N', default: 1 }),
    nonce: uint256Flag({ description: 'the nonce of the first one; 1 when absent' }),
    'winners-only': Flags.boolean({ description: 'sign until so many win, and leave out those that do not' }),
    'recipient-rand': uint256Flag({ description: 'the random number of the recipient; random when absent' }),
    'creation-round': uint256Flag({ description: 'the round of their creation', dependsOn: ['block-hash'] }),
    'block-hash': hashFlag({ description: 'the block hash of that round', dependsOn: ['creation-round'] }),
    output: Flags.string({ description: 'new file to write them to', helpValue: 'FILE' }),
    ...accountFlags,
  }

  protected override async execute(): Promise<CreatedReport> {
    const { flags } = await this.parse(TicketsCreate)
    const { 'creation-round': creationRound, 'block-hash': blockHash, output } = flags
    const settings = await this.settings(flags)
    const account = await chooseAccount(settings)
    const creation =
      creationRound === undefined || blockHash === undefined
        ? await readCreationRound(await this.connect(settings))
        : { creationRound, creationRoundBlockHash: blockHash }
    const readPassword = passwordReader(settings.passwordFile.value, account.label, 'nothing was signed')
    const signer = await account.openSigner(readPassword)
    const progress = this.startProgress('signing', flags.count)
    const { tickets, signed } = await createTickets(
      {
        ...creation,
        recipient: flags.recipient,
        sender: account.address,
        faceValue: flags['face-value'],
        winProb: flags['win-prob'],
        recipientRand: flags['recipient-rand'],
        firstNonce: flags.nonce ?? 1n,
        count: flags.count,
        winnersOnly: flags['winners-only'],
      },
      signer,
      { onTicket: () => progress.tick(), signal: this.signal },
    )
    if (output !== undefined) await writeNewFile(output, tickets.map(toTicketLine).join(''))
    return describeCreated(tickets, signed, output)
  }

  protected override render(report: CreatedReport): string {
    return renderCreated(report)
  }
}
