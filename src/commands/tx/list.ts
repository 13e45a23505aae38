import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { describeEntry } from '../../lib/tx/describe-entry.ts'
import type { EntryReport } from '../../lib/tx/describe-entry.ts'
import { isClosed } from '../../lib/tx/journal-entry.ts'
import { openJournal } from '../../lib/tx/journal.ts'
import { renderEntries } from '../../output/render-entries.ts'

export interface TxListResult {
  readonly transactions: readonly EntryReport[]
}

export default class TxList extends BaseCommand<TxListResult> {
  static override summary = 'list what was sent from this machine, newest first'
  static override examples = ['<%= config.bin %> tx list', '<%= config.bin %> tx list --open --json']
  static override flags = {
    open: Flags.boolean({ description: 'only what is not settled or was not reported' }),
  }

  protected override async execute(): Promise<TxListResult> {
    const { flags } = await this.parse(TxList)
    const entries = await openJournal(this.paths.dataFolder).all()
    return { transactions: entries.filter((entry) => !flags.open || !isClosed(entry)).map(describeEntry) }
  }

  protected override render({ transactions }: TxListResult): string {
    return renderEntries(transactions)
  }
}
