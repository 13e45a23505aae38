import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { describeNewAccount, wellKnownWarning } from '../../lib/config/describe-accounts.ts'
import type { NewAccountReport } from '../../lib/config/describe-accounts.ts'
import { refuseKey } from '../../lib/account/private-key.ts'
import { renderNewAccount } from '../../output/render-accounts.ts'
import { startSpinner } from '../../output/spinner.ts'
import { storeKeyOrKeystore } from '../../prompts/import-account.ts'

export default class AccountImport extends BaseCommand<NewAccountReport> {
  static override summary = 'keep an existing key in a keystore'
  static override description =
    'A private key comes from a file that only you can read, from standard input, or from a prompt that does not show it, and gets a new password. A keystore keeps its own password, which must open it.'
  static override examples = [
    '<%= config.bin %> account import',
    '<%= config.bin %> account import --key-file key.txt --password-file ~/.lp-password',
    '<%= config.bin %> account import --key-file - --password-file ~/.lp-password',
    '<%= config.bin %> account import --keystore-file UTC--2024-01-31T09-05-07.0Z--7099',
  ]

  static override flags = {
    keystore: accountFlags.keystore,
    'password-file': accountFlags['password-file'],
    'key-file': Flags.string({
      description: 'file with a private key in hex; - reads standard input',
      helpValue: 'FILE',
      parse: (path) => Promise.resolve(refuseKey(path)),
    }),
    'keystore-file': Flags.string({
      description: 'keystore of another program to copy',
      helpValue: 'FILE',
      exclusive: ['key-file'],
    }),
  }

  protected override async execute(): Promise<NewAccountReport> {
    const { flags } = await this.parse(AccountImport)
    const settings = await this.settings(flags)
    const spinner = startSpinner()
    this.onExit(() => spinner.clear())
    const account = await storeKeyOrKeystore({
      folder: settings.keystoreFolder.value,
      passwordFile: settings.passwordFile.value,
      keyFile: flags['key-file'],
      keystoreFile: flags['keystore-file'],
      onStore: () => spinner.say('encrypting the key, and checking that it opens'),
    })
    spinner.clear()
    const warning = wellKnownWarning(account.address)
    if (warning !== undefined) this.addWarning(warning)
    return describeNewAccount(account, settings, flags['key-file'])
  }

  protected override render(report: NewAccountReport): string {
    return renderNewAccount('imported', report)
  }
}
