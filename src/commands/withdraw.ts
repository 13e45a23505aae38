import { withdrawOperation } from '../lib/sender/operations/withdraw.ts'
import type { SendResult } from '../lib/sender/operations/sender-operation.ts'
import { SenderCommand } from '../sender-command.ts'

export default class Withdraw extends SenderCommand {
  static override summary = 'withdraw the whole deposit and the whole reserve'
  static override description = 'Possible once an unlock has ended. The contract knows no partial withdrawal.'
  static override examples = [
    '<%= config.bin %> withdraw',
    '<%= config.bin %> withdraw --yes --json',
    '<%= config.bin %> withdraw --dry-run',
  ]

  protected override async execute(): Promise<SendResult> {
    const { flags } = await this.parse(Withdraw)
    return this.send(flags, (connection, from) => withdrawOperation(connection, from))
  }
}
