import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { storeFlags } from '../../flags/store.ts'
import { describeSettings } from '../../lib/config/describe-settings.ts'
import type { SettingReport } from '../../lib/config/describe-settings.ts'
import { parseSettingKey } from '../../lib/config/set-setting.ts'

export default class ConfigGet extends BaseCommand<SettingReport> {
  static override summary = 'print one setting as it is in effect'
  static override description =
    'The value is what a command would use, wherever it comes from: lp-pay config show says where. URLs are shown as origins only, and a setting without a value prints nothing.'
  static override examples = [
    '<%= config.bin %> config get account',
    '<%= config.bin %> config get network --profile main',
    '<%= config.bin %> config get rpc-urls --json',
  ]

  static override args = {
    key: Args.string({
      description: 'the setting, as lp-pay config show names it',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = { ...accountFlags, ...storeFlags }

  protected override async execute(): Promise<SettingReport> {
    const { args, flags } = await this.parse(ConfigGet)
    const key = parseSettingKey(args.key, ['profile'])
    const reports = describeSettings(await this.settings(flags))
    return (
      reports.find(({ name }) => name === key) ?? {
        name: key,
        value: null,
        source: 'default',
        origin: 'built in',
      }
    )
  }

  protected override render({ value }: SettingReport): string {
    return value ?? ''
  }
}
