import { addressFlag } from '../../flags/address.ts'
import { amountArg } from '../../flags/amount.ts'
import { withdrawFeesOperation } from '../../lib/fees/withdraw-fees.ts'
import type { FeesEvent, FeesHoldings, FeesWithdrawal } from '../../lib/fees/withdraw-fees.ts'
import { feesView } from '../../output/render-fees.ts'
import { SendingCommand } from '../../sending-command.ts'

export default class FeesWithdraw extends SendingCommand<FeesHoldings, FeesEvent> {
  static override summary = 'withdraw what redemptions have earned'
  static override description =
    'Everything when no amount is given. The contract claims the earnings of past rounds in the same transaction.'
  static override examples = [
    '<%= config.bin %> fees withdraw',
    '<%= config.bin %> fees withdraw 0.5 --yes',
    '<%= config.bin %> fees withdraw --to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --dry-run',
  ]

  static override args = {
    amount: amountArg({ description: 'how much, in ETH or with its unit: 0.1, 5gwei; all when absent' }),
  }

  static override flags = { to: addressFlag({ description: 'send the ETH to this address' }) }

  protected override readonly view = feesView

  protected override async execute(): Promise<FeesWithdrawal> {
    const { args, flags } = await this.parse(FeesWithdraw)
    return this.send(flags, (connection, from) =>
      withdrawFeesOperation(connection, {
        from,
        ...(flags.to && { to: flags.to }),
        ...(args.amount !== undefined && { amountWei: args.amount }),
      }),
    )
  }
}
