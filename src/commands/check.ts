import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../base-command.ts'
import { accountFlags } from '../flags/account.ts'
import { checkFlags } from '../flags/checks.ts'
import { parseAddress } from '../lib/account/address.ts'
import { readChecksFile } from '../lib/checks/checks-file.ts'
import { planChecks, readCheckFlags } from '../lib/checks/plan-checks.ts'
import type { CheckReport } from '../lib/checks/report.ts'
import { failedChecks, runChecks } from '../lib/checks/run-checks.ts'
import { chooseAddress } from '../lib/config/choose-account.ts'
import type { LpPayError } from '../lib/errors.ts'
import { checkFormats, renderChecks } from '../output/render-checks.ts'
import type { CheckFormat } from '../output/render-checks.ts'

export default class Check extends BaseCommand<CheckReport> {
  static override summary =
    'check an account, the RPCs and the protocol; exit with 11 when something is wrong'
  static override description =
    "For cron and continuous integration. Every RPC is checked on its own: that it answers, is on the network's chain, knows its contracts and keeps up. The protocol must not be paused and its round initialised. Thresholds add checks of an account, yours or any other."
  static override examples = [
    '<%= config.bin %> check',
    '<%= config.bin %> check --deposit-at-least 0.05 --reserve-at-least 0.36 --not-unlocking',
    '<%= config.bin %> check 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --accepted-at-ev 8gwei --network devnet',
    '<%= config.bin %> check --file checks.yaml --format junit > checks.xml',
    '<%= config.bin %> check --file checks.yaml --format github',
    '<%= config.bin %> check --file checks.yaml --json',
  ]

  // Parsed after the flags: the value of a mistyped flag would be taken for a wrong address.
  static override args = {
    address: Args.string({ description: 'the sender; your own account when absent', ignoreStdin: true }),
  }

  static override flags = {
    account: accountFlags.account,
    keystore: accountFlags.keystore,
    file: Flags.string({
      description: 'YAML file with more checks, named like the flags; a flag wins over it',
      helpGroup: 'CHECK',
      helpValue: 'checks.yaml',
    }),
    format: Flags.option({ options: checkFormats })({
      description: 'how to print the results; text when absent',
      exclusive: ['json'],
    }),
    ...checkFlags,
  }

  private format: CheckFormat = 'text'

  protected override async execute(): Promise<CheckReport> {
    const { args, flags } = await this.parse(Check)
    this.format = flags.format ?? 'text'
    const argument = args.address === undefined ? undefined : parseAddress(args.address)
    const file = flags.file === undefined ? undefined : await readChecksFile(flags.file)
    const asked = { ...file?.checks, ...readCheckFlags(flags) }
    const settings = await this.settings(flags)
    const network = settings.network.value
    const urls = settings.rpcUrls.value
    const checks = planChecks(network, asked)

    const named = argument ?? (flags.account === undefined ? file?.address : undefined)
    if (checks.some(({ needsAccount }) => needsAccount)) {
      const address = named ?? (await chooseAddress(settings))
      return runChecks({ network, urls, checks, address, signal: this.signal })
    }
    if (named !== undefined) this.addWarning(`no check of ${named} was asked for, as --deposit-at-least 0.05`)
    return runChecks({ network, urls, checks, address: null, signal: this.signal })
  }

  protected override render(report: CheckReport): string {
    return renderChecks(report, this.format)
  }

  protected override failureOf(report: CheckReport): LpPayError | undefined {
    return failedChecks(report)
  }
}
