import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { describeEntry } from '../../lib/tx/describe-entry.ts'
import type { EntryReport } from '../../lib/tx/describe-entry.ts'
import { findEntry } from '../../lib/tx/resume-entry.ts'
import { renderEntry } from '../../output/render-entries.ts'

export default class TxShow extends BaseCommand<EntryReport> {
  static override summary = 'show what the journal knows of a transaction'
  static override examples = ['<%= config.bin %> tx show 0x5ad9ac3f']
  static override args = {
    hash: Args.string({ description: 'its hash, or the beginning of it', required: true, ignoreStdin: true }),
  }

  protected override async execute(): Promise<EntryReport> {
    const { args } = await this.parse(TxShow)
    return describeEntry(await findEntry(this.paths.dataFolder, args.hash))
  }

  protected override render(entry: EntryReport): string {
    return renderEntry(entry)
  }
}
