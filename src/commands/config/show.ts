import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { describeSettings } from '../../lib/config/describe-settings.ts'
import type { SettingReport } from '../../lib/config/describe-settings.ts'
import { renderTable } from '../../output/table.ts'

export interface ConfigShowResult {
  readonly path: string
  readonly settings: readonly SettingReport[]
}

export default class ConfigShow extends BaseCommand<ConfigShowResult> {
  static override summary = 'show every setting and where it comes from'
  static override description =
    'A flag wins over a LP_PAY_* variable, that over the profile in the file, that over the default. URLs are shown as origins only.'
  static override examples = [
    '<%= config.bin %> config show',
    '<%= config.bin %> config show --profile main --json',
  ]

  static override flags = { ...accountFlags }

  protected override async execute(): Promise<ConfigShowResult> {
    const { flags } = await this.parse(ConfigShow)
    return { path: this.paths.configFile, settings: describeSettings(await this.settings(flags)) }
  }

  protected override render({ path, settings }: ConfigShowResult): string {
    const rows = settings.map(({ name, value, origin }) => [name, value ?? '-', origin])
    return `${renderTable(['setting', 'value', 'from'], rows)}\n\nfile: ${path}`
  }
}
