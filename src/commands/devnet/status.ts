import { BaseCommand } from '../../base-command.ts'
import { listDevnets } from '../../lib/devnet/list-devnets.ts'
import { reportDevnet } from '../../lib/devnet/report-devnet.ts'
import type { DevnetReport } from '../../lib/devnet/report-devnet.ts'
import { renderDevnet } from '../../output/render-devnet.ts'

export interface DevnetStatusResult {
  readonly devnets: readonly DevnetReport[]
}

export default class DevnetStatus extends BaseCommand<DevnetStatusResult> {
  static override summary = 'show the devnets that run, their round and their accounts'
  static override examples = ['<%= config.bin %> devnet status', '<%= config.bin %> devnet status --json']

  protected override async execute(): Promise<DevnetStatusResult> {
    await this.parse(DevnetStatus)
    const listed = await listDevnets({ stateFolder: this.devnetFolder })
    const running = listed.filter(({ state }) => state === 'running')
    return { devnets: await Promise.all(running.map(reportDevnet)) }
  }

  protected override render({ devnets }: DevnetStatusResult): string {
    return devnets.length === 0
      ? 'no devnet runs (next: lp-pay devnet up)'
      : devnets.map(renderDevnet).join('\n\n')
  }
}
