import { addressFlag } from '../flags/address.ts'
import { amountArg, amountFlag } from '../flags/amount.ts'
import { fundOperation } from '../lib/sender/operations/fund.ts'
import { chooseFunding } from '../flags/funding.ts'
import type { SendResult } from '../lib/sender/operations/sender-operation.ts'
import { SenderCommand } from '../sender-command.ts'

export default class Deposit extends SenderCommand {
  static override summary = 'add to the deposit, and to the reserve in the same transaction'
  static override description =
    'The deposit pays winning tickets; the reserve behind it convinces orchestrators. Both can be withdrawn after unlocking.'
  static override examples = [
    '<%= config.bin %> deposit 0.1',
    '<%= config.bin %> deposit 0.1 --reserve 0.36',
    '<%= config.bin %> deposit --top-up-to 0.1 --yes',
    '<%= config.bin %> deposit 0.1 --dry-run --json',
    '<%= config.bin %> deposit 0.1 --for 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  ]

  static override args = {
    amount: amountArg({ description: 'how much to add, in ETH or with its unit: 0.1, 5gwei, 1000wei' }),
  }

  static override flags = {
    reserve: amountFlag({ description: 'add this to the reserve too' }),
    'top-up-to': amountFlag({
      description: 'add only what is missing to this deposit',
      exclusive: ['reserve'],
    }),
    for: addressFlag({ description: "fund another sender's account" }),
  }

  protected override async execute(): Promise<SendResult> {
    const { args, flags } = await this.parse(Deposit)
    const funding = chooseFunding('deposit', args.amount, flags['top-up-to'])
    return this.send(flags, (connection, from) =>
      fundOperation(connection, {
        name: 'deposit',
        funding: funding.kind === 'add' ? { ...funding, reserveWei: flags.reserve ?? 0n } : funding,
        from,
        ...(flags.for && { beneficiary: flags.for }),
      }),
    )
  }
}
