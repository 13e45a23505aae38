import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import { givenRateFlag } from '../../flags/rate.ts'
import type { LpPayError } from '../../lib/errors.ts'
import type { LintReport } from '../../lib/pricefile/lint/finding.ts'
import { lintFile } from '../../lib/pricefile/lint/lint-file.ts'
import { failedLint } from '../../lib/pricefile/lint/lint-price-file.ts'
import { renderLint } from '../../output/render-prices.ts'

export default class PriceCheck extends BaseCommand<LintReport> {
  static override summary = 'look for mistakes in a price file; exit with 11 when there is one'
  static override description =
    "Holds the file against what go-livepeer makes of it, against itself and against the prices seen on the network: prices that become zero, that are wrong by a thousand or that do not fit on the wire, ticket EVs that make too many tickets, limits that contradict each other. It reads go-livepeer's own JSON files too, those of -pricePerGateway, -maxPricePerCapability and -aiModels. It asks nobody: prices in USD are held against others only with --rate."
  static override examples = [
    '<%= config.bin %> price check',
    '<%= config.bin %> price check --file prices.yaml --rate 2500',
    '<%= config.bin %> price check --file gateway-prices.json --strict',
    '<%= config.bin %> price check --json',
  ]

  static override flags = {
    ...priceFileFlag,
    rate: givenRateFlag,
    strict: Flags.boolean({ description: 'exit with 11 for warnings too' }),
  }

  private strict = false

  protected override async execute(): Promise<LintReport> {
    const { flags } = await this.parse(PriceCheck)
    this.strict = flags.strict
    return lintFile(flags.file, { rate: flags.rate })
  }

  protected override render(report: LintReport): string {
    return renderLint(report)
  }

  protected override failureOf(report: LintReport): LpPayError | undefined {
    return failedLint(report, this.strict)
  }
}
