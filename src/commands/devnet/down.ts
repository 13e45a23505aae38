import { BaseCommand } from '../../base-command.ts'
import { portFlag } from '../../flags/devnet.ts'
import { stopDevnet } from '../../lib/devnet/stop-devnet.ts'

export interface DevnetDownResult {
  readonly port: number
  readonly pid: number
}

export default class DevnetDown extends BaseCommand<DevnetDownResult> {
  static override summary = 'stop a devnet and remove all it has on disk'
  static override examples = ['<%= config.bin %> devnet down', '<%= config.bin %> devnet down --port 8546']
  static override flags = { port: portFlag }

  protected override async execute(): Promise<DevnetDownResult> {
    const { flags } = await this.parse(DevnetDown)
    const { port, pid } = await stopDevnet({ port: flags.port, stateFolder: this.devnetFolder })
    return { port, pid }
  }

  protected override render({ port }: DevnetDownResult): string {
    return `the devnet on port ${String(port)} is down`
  }
}
