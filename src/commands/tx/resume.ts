import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { sendingFlags } from '../../flags/sending.ts'
import { describeEntry } from '../../lib/tx/describe-entry.ts'
import type { EntryReport } from '../../lib/tx/describe-entry.ts'
import { findEntry, resumeEntry } from '../../lib/tx/resume-entry.ts'
import { renderEntry } from '../../output/render-entries.ts'
import { showSteps } from '../../output/steps.ts'
import { raiseFeeBy } from '../../prompts/raise-fee.ts'

const { account, keystore, confirmations, timeout } = sendingFlags

export default class TxResume extends BaseCommand<EntryReport> {
  static override summary = 'see a transaction through whose fate is not known'
  static override description =
    'Looks for it on the chain, sends the same signed bytes again if the chain has never seen them, and waits. With --raise-fee it signs a replacement for the same nonce, at the fee of --max-fee-per-gas.'
  static override examples = [
    '<%= config.bin %> tx resume 0x5ad9ac3f',
    '<%= config.bin %> tx resume 0x5ad9ac3f --raise-fee --max-fee-per-gas 0.5',
  ]

  static override args = {
    hash: Args.string({ description: 'its hash, or the beginning of it', required: true, ignoreStdin: true }),
  }

  static override flags = {
    'raise-fee': Flags.boolean({
      description: 'replace it by the same transaction at a higher fee',
      dependsOn: ['max-fee-per-gas'],
    }),
    account,
    keystore,
    'password-file': sendingFlags['password-file'],
    'max-fee-per-gas': sendingFlags['max-fee-per-gas'],
    confirmations,
    timeout,
    yes: sendingFlags.yes,
  }

  protected override async execute(): Promise<EntryReport> {
    const { args, flags } = await this.parse(TxResume)
    const found = await findEntry(this.paths.dataFolder, args.hash)
    const settings = await this.settings({
      ...flags,
      account: flags.account ?? found.from,
      network: flags.network ?? found.network,
    })
    const connection = await this.connect(settings)
    const steps = showSteps()
    this.onExit(() => {
      steps.end()
    })
    const { entry } = await resumeEntry(found, {
      connection,
      dataFolder: this.paths.dataFolder,
      confirmations: settings.confirmations.value,
      timeoutMs: settings.timeoutSeconds.value * 1000,
      signal: this.signal,
      onStep: steps.show,
      ...(flags['raise-fee'] && { raiseFee: raiseFeeBy(settings, flags.yes) }),
    })
    return describeEntry(entry)
  }

  protected override render(entry: EntryReport): string {
    return renderEntry(entry)
  }
}
