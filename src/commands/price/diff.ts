import { nodeFlags } from '../../flags/node.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { failedComparison } from '../../lib/node/diff-node.ts'
import { planNode } from '../../lib/node/plan-node.ts'
import type { NodeComparison } from '../../lib/node/plan-node.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import { NodeCommand } from '../../node-command.ts'
import { renderComparison } from '../../output/render-node.ts'

export default class PriceDiff extends NodeCommand<NodeComparison> {
  static override summary = 'hold a running node against a price file; exit with 11 when it differs'
  static override description =
    'Asks a go-livepeer node over its local HTTP interface (-cliAddr) what it holds, and shows it beside what the file says, value by value. What a node does not tell is named: it cannot be compared. Prices in USD are turned into wei by the rate, and count as equal within --threshold. It changes nothing.'
  static override examples = [
    '<%= config.bin %> price diff',
    '<%= config.bin %> price diff --file gateway.yaml --node http://127.0.0.1:5935',
    '<%= config.bin %> price diff --rate 2500 --json',
  ]

  static override flags = nodeFlags

  protected override async execute(): Promise<NodeComparison> {
    const { flags } = await this.parse(PriceDiff)
    const findNode = await this.nodeFinder(flags)
    const read = await readPriceFile(flags.file)
    return (await planNode(read, findNode(read), this.planOptions(flags))).comparison
  }

  protected override render(comparison: NodeComparison): string {
    return renderComparison(comparison)
  }

  protected override failureOf(comparison: NodeComparison): LpPayError | undefined {
    return failedComparison(comparison)
  }
}
