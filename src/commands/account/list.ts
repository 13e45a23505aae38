import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { describeAccounts } from '../../lib/config/describe-accounts.ts'
import type { AccountsReport } from '../../lib/config/describe-accounts.ts'
import { renderAccounts } from '../../output/render-accounts.ts'

export default class AccountList extends BaseCommand<AccountsReport> {
  static override summary = 'list the accounts whose keys are here'
  static override description =
    'Reads the keystore folder and opens nothing. Files that cannot be used are listed with the reason, and * marks the account that commands use.'
  static override examples = [
    '<%= config.bin %> account list',
    '<%= config.bin %> account list --keystore ~/.lpData/arbitrum-one-mainnet/keystore',
    '<%= config.bin %> account list --network devnet --json',
  ]

  static override flags = { account: accountFlags.account, keystore: accountFlags.keystore }

  protected override async execute(): Promise<AccountsReport> {
    const { flags } = await this.parse(AccountList)
    return describeAccounts(await this.settings(flags))
  }

  protected override render(report: AccountsReport): string {
    return renderAccounts(report)
  }
}
