import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import { rateFlags } from '../../flags/rate.ts'
import { listPrices } from '../../lib/pricefile/list-prices.ts'
import type { PriceListing } from '../../lib/pricefile/list-prices.ts'
import { currenciesOf } from '../../lib/pricefile/priced-jobs.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import { renderPrices } from '../../output/render-prices.ts'

export default class PriceShow extends BaseCommand<PriceListing> {
  static override summary = 'show the prices of a price file, in wei and in USD'
  static override description =
    'Every price as it is written, and what it is in wei for one of what go-livepeer counts: pixels, milliseconds, tokens. Prices in USD are turned into wei by the feed of Chainlink where an RPC is configured, or by --rate, which shows all of them in USD too. Where no price needs a rate it asks nobody.'
  static override examples = [
    '<%= config.bin %> price show',
    '<%= config.bin %> price show --file prices.yaml --rate 2500',
  ]

  static override flags = { ...priceFileFlag, ...rateFlags }

  protected override async execute(): Promise<PriceListing> {
    const { flags } = await this.parse(PriceShow)
    const file = await readPriceFile(flags.file)
    return listPrices(file, await this.rateFor(flags, currenciesOf(file.prices)))
  }

  protected override render(listing: PriceListing): string {
    return renderPrices(listing)
  }
}
