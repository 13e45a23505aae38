import { cancelUnlockOperation } from '../../lib/sender/operations/cancel-unlock.ts'
import type { SendResult } from '../../lib/sender/operations/sender-operation.ts'
import { SenderCommand } from '../../sender-command.ts'

export default class UnlockCancel extends SenderCommand {
  static override summary = 'take an unlock back'
  static override description = 'Deposit and reserve are in use again at once.'
  static override examples = [
    '<%= config.bin %> unlock cancel',
    '<%= config.bin %> unlock cancel --yes --json',
    '<%= config.bin %> unlock cancel --dry-run',
  ]

  protected override async execute(): Promise<SendResult> {
    const { flags } = await this.parse(UnlockCancel)
    return this.send(flags, (connection, from) => cancelUnlockOperation(connection, from))
  }
}
