import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { portFlag } from '../../flags/devnet.ts'
import type { DevnetReport } from '../../lib/devnet/report-devnet.ts'
import { reportDevnet } from '../../lib/devnet/report-devnet.ts'
import { devnetRules, mainnetRules } from '../../lib/devnet/rules.ts'
import { startDevnet } from '../../lib/devnet/start-devnet.ts'
import { DeclinedError } from '../../lib/errors.ts'
import { renderDevnet, renderNextSteps } from '../../output/render-devnet.ts'
import { printNote } from '../../output/streams.ts'

export default class DevnetUp extends BaseCommand<DevnetReport> {
  static override summary = 'start a local chain with the real Livepeer contracts'
  static override description =
    "It runs in the background until lp-pay devnet down. Gateways, active orchestrators and an inactive one have well-known keys and 10,000 ETH each. By the rules of 2022 its TicketBroker is the published one; by those of 2026, which mainnet has, it is lp-pay's own."
  static override examples = [
    '<%= config.bin %> devnet up',
    '<%= config.bin %> devnet up --port 8546',
    '<%= config.bin %> devnet up --foreground',
    '<%= config.bin %> devnet up --rules 2022',
  ]

  static override flags = {
    port: portFlag,
    rules: Flags.option({
      description: "the TicketBroker's rules: 2026 are mainnet's since July 2026, 2022 those before",
      options: devnetRules,
      default: mainnetRules,
    })(),
    foreground: Flags.boolean({ char: 'f', description: 'stay until Ctrl-C, and take the chain down then' }),
    anvil: Flags.string({ description: 'the anvil program to run', helpValue: 'FILE' }),
  }

  protected override async execute(): Promise<DevnetReport> {
    const { flags } = await this.parse(DevnetUp)
    const options = {
      port: flags.port,
      stateFolder: this.devnetFolder,
      snapshotFolder: this.snapshotFolder,
      rules: flags.rules,
      searchFrom: this.paths.root,
      anvilPath: flags.anvil,
      signal: this.signal,
    }
    try {
      if (!flags.foreground) return await reportDevnet(await startDevnet({ ...options, detached: true }))
      const handle = await startDevnet({ ...options, detached: false })
      this.onExit(() => handle.stop())
      const report = await reportDevnet(handle)
      printNote(`${renderDevnet(report)}\n\n${renderNextSteps(report)}\n\nCtrl-C takes it down`)
      const interrupted = new Promise((resolve) => {
        this.signal.addEventListener('abort', resolve)
      })
      if (!this.signal.aborted) await Promise.race([interrupted, handle.exited])
      return report
    } catch (cause) {
      if (!this.signal.aborted) throw cause
      throw new DeclinedError('INTERRUPTED', 'interrupted; no devnet was started', { cause })
    }
  }

  protected override render(report: DevnetReport): string {
    return this.argv.includes('--foreground') || this.argv.includes('-f')
      ? 'the devnet is down'
      : `${renderDevnet(report)}\n\n${renderNextSteps(report)}`
  }
}
