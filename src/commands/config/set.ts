import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { parseSettingKey, setSetting, unsetSetting } from '../../lib/config/set-setting.ts'
import type { SettingChange } from '../../lib/config/set-setting.ts'
import { renderSettingChange } from '../../output/render-config.ts'
import { valuesOrStandardInput } from '../../prompts/standard-input.ts'

export default class ConfigSet extends BaseCommand<SettingChange> {
  static override summary = 'write one setting to the configuration file'
  static override description =
    'The value is checked as a command would check it, and nothing is written when it is wrong; comments in the file are kept. The profile is the one in effect, and is made if it is not there. A VALUE of - is read from standard input, so that a URL with an API key stays out of the process list.'
  static override examples = [
    '<%= config.bin %> config set account 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    '<%= config.bin %> config set rpc-urls https://arb1.arbitrum.io/rpc https://arbitrum.drpc.org',
    '<%= config.bin %> config set rpc-urls - < urls.txt',
    '<%= config.bin %> config set network devnet --profile dev',
    '<%= config.bin %> config set default-profile dev',
    '<%= config.bin %> config set max-fee-per-gas --unset',
  ]

  static override args = {
    key: Args.string({
      description: 'the setting: default-profile, or one that lp-pay config show names',
      required: true,
      ignoreStdin: true,
    }),
    value: Args.string({ description: 'its value; rpc-urls takes several', ignoreStdin: true }),
  }
  static override strict = false

  static override flags = {
    unset: Flags.boolean({ description: 'take the setting out of the file, so that the default holds' }),
  }

  protected override async execute(): Promise<SettingChange> {
    const { args, argv, flags } = await this.parse(ConfigSet)
    const key = parseSettingKey(args.key, ['default-profile'])
    const place = { ...this.paths, flags, variables: process.env }
    const values = (argv as string[]).slice(1)
    return flags.unset
      ? unsetSetting(place, key, values)
      : setSetting(place, key, await valuesOrStandardInput(values))
  }

  protected override render(change: SettingChange): string {
    return renderSettingChange(change)
  }
}
