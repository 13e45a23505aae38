import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import { givenRateFlag } from '../../flags/rate.ts'
import { listPrices } from '../../lib/pricefile/list-prices.ts'
import type { PriceListing } from '../../lib/pricefile/list-prices.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import { renderPrices } from '../../output/render-prices.ts'

export default class PriceShow extends BaseCommand<PriceListing> {
  static override summary = 'show the prices of a price file, in wei and in USD'
  static override description =
    'Every price as it is written, and what it is in wei for one of what go-livepeer counts: pixels, milliseconds, tokens. With --rate also in USD, and prices in USD in wei. It asks nobody.'
  static override examples = [
    '<%= config.bin %> price show',
    '<%= config.bin %> price show --file prices.yaml --rate 2500',
  ]

  static override flags = { ...priceFileFlag, rate: givenRateFlag }

  protected override async execute(): Promise<PriceListing> {
    const { flags } = await this.parse(PriceShow)
    return listPrices(await readPriceFile(flags.file), flags.rate)
  }

  protected override render(listing: PriceListing): string {
    return renderPrices(listing)
  }
}
