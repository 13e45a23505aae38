import { BaseCommand } from '../../base-command.ts'

export interface ConfigPathResult {
  readonly path: string
}

export default class ConfigPath extends BaseCommand<ConfigPathResult> {
  static override summary = 'say where the configuration file is'
  static override examples = ['<%= config.bin %> config path']

  protected override async execute(): Promise<ConfigPathResult> {
    await this.parse(ConfigPath)
    return { path: this.paths.configFile }
  }

  protected override render({ path }: ConfigPathResult): string {
    return path
  }
}
