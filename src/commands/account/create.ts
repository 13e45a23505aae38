import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { describeNewAccount } from '../../lib/config/describe-accounts.ts'
import type { NewAccountReport } from '../../lib/config/describe-accounts.ts'
import { renderNewAccount } from '../../output/render-accounts.ts'
import { startSpinner } from '../../output/spinner.ts'
import { makeAccount } from '../../prompts/new-account.ts'

export default class AccountCreate extends BaseCommand<NewAccountReport> {
  static override summary = 'make a new key and keep it in a keystore'
  static override description =
    'The file is a Web3 Secret Storage file of version 3, which geth and go-livepeer open too. The password has at least 8 characters; it is asked for twice, or read from a file or standard input. Without the file and the password, what the account holds is lost: back both up.'
  static override examples = [
    '<%= config.bin %> account create',
    '<%= config.bin %> account create --keystore ~/.lpData/arbitrum-one-mainnet/keystore',
    '<%= config.bin %> account create --password-file ~/.lp-password --json',
    '<%= config.bin %> account create --password-file -',
  ]

  static override flags = { keystore: accountFlags.keystore, 'password-file': accountFlags['password-file'] }

  protected override async execute(): Promise<NewAccountReport> {
    const { flags } = await this.parse(AccountCreate)
    const settings = await this.settings(flags)
    const spinner = startSpinner()
    this.onExit(() => spinner.clear())
    const account = await makeAccount({
      folder: settings.keystoreFolder.value,
      passwordFile: settings.passwordFile.value,
      onStore: () => spinner.say('encrypting the key'),
    })
    spinner.clear()
    return describeNewAccount(account, settings)
  }

  protected override render(report: NewAccountReport): string {
    return renderNewAccount('created', report)
  }
}
