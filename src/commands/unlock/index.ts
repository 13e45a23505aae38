import { unlockOperation } from '../../lib/sender/operations/unlock.ts'
import type { SendResult } from '../../lib/sender/operations/sender-operation.ts'
import { SenderCommand } from '../../sender-command.ts'

export default class Unlock extends SenderCommand {
  static override summary = 'begin to unlock the deposit and the reserve'
  static override description =
    'Both can be withdrawn some rounds later, two on Arbitrum. Funding the account or unlock cancel takes it back.'
  static override examples = [
    '<%= config.bin %> unlock',
    '<%= config.bin %> unlock --yes --json',
    '<%= config.bin %> unlock --dry-run',
  ]

  protected override async execute(): Promise<SendResult> {
    const { flags } = await this.parse(Unlock)
    return this.send(flags, (connection, from) => unlockOperation(connection, from))
  }
}
