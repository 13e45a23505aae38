import * as Flags from '@oclif/core/flags'

import { nodeFlags } from '../../flags/node.ts'
import type { LpPayError } from '../../lib/errors.ts'
import type { NodeApplication } from '../../lib/node/apply-plan.ts'
import { applyPrices } from '../../lib/node/apply-prices.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import { parseDuration } from '../../lib/units/duration.ts'
import { NodeCommand } from '../../node-command.ts'
import { renderApplication } from '../../output/render-node.ts'

export default class PriceApply extends NodeCommand<NodeApplication> {
  static override summary = 'bring a running node in line with a price file, or keep it so'
  static override description =
    'Shows what it would set on which node, asks, sends what differs and what nobody can read back, and reads back what can be. A file in which price check finds errors is refused before anything is sent, and the first value that fails ends it. It never sends what would make the node send a transaction. Prices in USD are set in wei, by a rate that is checked. A node forgets all of it when it is started again: --watch keeps looking, applies the file again, follows changes of the file, and sets prices in USD anew when the rate has moved by more than --threshold; with --json every line is an event, the last one the envelope.'
  static override examples = [
    '<%= config.bin %> price apply --dry-run',
    '<%= config.bin %> price apply',
    '<%= config.bin %> price apply --file gateway.yaml --node http://127.0.0.1:5935 --yes',
    '<%= config.bin %> price apply --watch --yes --threshold 2%',
  ]

  static override flags = {
    ...nodeFlags,
    'dry-run': Flags.boolean({ description: 'show what would be set, set nothing' }),
    yes: Flags.boolean({ char: 'y', description: 'set it without asking' }),
    watch: Flags.boolean({
      char: 'w',
      description: 'keep the node in line until Ctrl-C; needs --yes',
      exclusive: ['dry-run'],
    }),
    every: Flags.string({
      description: 'how often to look (30s when absent)',
      helpValue: '30s',
      dependsOn: ['watch'],
    }),
  }

  private failure: LpPayError | undefined

  protected override async execute(): Promise<NodeApplication> {
    const { flags } = await this.parse(PriceApply)
    const everyMs = parseDuration(flags.every ?? '30s') * 1000
    if (flags.watch) return this.watch(flags, everyMs)
    const findNode = await this.nodeFinder(flags)
    const read = await readPriceFile(flags.file)
    const { application, failure } = await applyPrices({
      ...this.planOptions(flags),
      read,
      client: findNode(read),
      signal: this.signal,
      isDryRun: flags['dry-run'],
      confirm: (planned) => this.agree(planned, flags.yes),
    })
    this.failure = failure
    return application
  }

  protected override render(application: NodeApplication): string {
    return renderApplication(application)
  }

  protected override failureOf(): LpPayError | undefined {
    return this.failure
  }
}
