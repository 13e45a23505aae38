import { addressFlag } from '../flags/address.ts'
import { amountArg, amountFlag } from '../flags/amount.ts'
import { chooseFunding } from '../flags/funding.ts'
import { fundOperation } from '../lib/sender/operations/fund.ts'
import type { SendResult } from '../lib/sender/operations/sender-operation.ts'
import { SenderCommand } from '../sender-command.ts'

export default class Reserve extends SenderCommand {
  static override summary = 'add to the reserve'
  static override description =
    'Each active orchestrator can claim an equal share of the reserve when the deposit is short, and refuses senders whose share is too small.'
  static override examples = [
    '<%= config.bin %> reserve 0.36',
    '<%= config.bin %> reserve --top-up-to 0.36 --yes',
    '<%= config.bin %> reserve 0.36 --dry-run',
  ]

  static override args = {
    amount: amountArg({ description: 'how much to add, in ETH or with its unit: 0.36, 5gwei, 1000wei' }),
  }

  static override flags = {
    'top-up-to': amountFlag({ description: 'add only what is missing to this reserve' }),
    for: addressFlag({ description: "fund another sender's account" }),
  }

  protected override async execute(): Promise<SendResult> {
    const { args, flags } = await this.parse(Reserve)
    const funding = chooseFunding('reserve', args.amount, flags['top-up-to'])
    return this.send(flags, (connection, from) =>
      fundOperation(connection, {
        name: 'reserve',
        funding,
        from,
        ...(flags.for && { beneficiary: flags.for }),
      }),
    )
  }
}
