import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import { exportFormats, exportPrices } from '../../lib/pricefile/export-prices.ts'
import type { PriceExport } from '../../lib/pricefile/export-prices.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import { renderExport } from '../../output/render-prices.ts'

export default class PriceExportCommand extends BaseCommand<PriceExport> {
  static override summary = "turn a price file into go-livepeer's flags or JSON files"
  static override description =
    'Flags are quoted for a shell. The JSON files are those of -pricePerGateway, -maxPricePerCapability and -aiModels; their numbers are exact. Prices in USD stay in USD: the node converts them by its own feed. What go-livepeer cannot be told is named in a warning.'
  static override examples = [
    '<%= config.bin %> price export',
    '<%= config.bin %> price export --format pricePerGateway > gateways.json',
    '<%= config.bin %> price export --format aiModels --file prices.yaml',
  ]

  static override flags = {
    ...priceFileFlag,
    format: Flags.option({ options: exportFormats, default: 'flags' })({
      description: 'what to make',
    }),
  }

  protected override async execute(): Promise<PriceExport> {
    const { flags } = await this.parse(PriceExportCommand)
    const exported = exportPrices(await readPriceFile(flags.file), flags.format)
    for (const left of exported.left) this.addWarning(left)
    return exported
  }

  protected override render(exported: PriceExport): string {
    return renderExport(exported)
  }
}
