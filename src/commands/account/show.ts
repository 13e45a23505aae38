import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { describeAccount } from '../../lib/config/describe-accounts.ts'
import type { AccountDetails } from '../../lib/config/describe-accounts.ts'
import { renderAccount } from '../../output/render-accounts.ts'

export default class AccountShow extends BaseCommand<AccountDetails> {
  static override summary = 'show where an account is kept, and how its key is protected'
  static override description =
    'Reads the keystore without opening it, and asks no chain: for balances see lp-pay status. Without an address it shows the account that commands use.'
  static override examples = [
    '<%= config.bin %> account show',
    '<%= config.bin %> account show 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '<%= config.bin %> account show gateway-1 --network devnet --json',
  ]

  static override args = {
    address: Args.string({ description: 'an address, or a name on the devnet', ignoreStdin: true }),
  }

  static override flags = { account: accountFlags.account, keystore: accountFlags.keystore }

  protected override async execute(): Promise<AccountDetails> {
    const { args, flags } = await this.parse(AccountShow)
    return describeAccount(await this.settings({ ...flags, account: args.address ?? flags.account }))
  }

  protected override render(details: AccountDetails): string {
    return renderAccount(details)
  }
}
