import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { storeFlags } from '../../flags/store.ts'
import { describeConfig } from '../../lib/config/describe-config.ts'
import type { ConfigReport } from '../../lib/config/describe-config.ts'
import { renderConfig } from '../../output/render-config.ts'

export default class ConfigShow extends BaseCommand<ConfigReport> {
  static override summary = 'show every setting and where it comes from'
  static override description =
    'A flag wins over a LP_PAY_* variable, that over the profile in the file, that over the default. URLs are shown as origins only.'
  static override examples = [
    '<%= config.bin %> config show',
    '<%= config.bin %> config show --profile main --json',
  ]

  static override flags = { ...accountFlags, ...storeFlags }

  protected override async execute(): Promise<ConfigReport> {
    const { flags } = await this.parse(ConfigShow)
    return describeConfig(this.paths.configFile, await this.settings(flags))
  }

  protected override render(report: ConfigReport): string {
    return renderConfig(report)
  }
}
