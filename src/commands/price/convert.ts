import * as Args from '@oclif/core/args'

import { BaseCommand } from '../../base-command.ts'
import { pixelsPerUnitFlag, priceKindFlag, shapeFlag } from '../../flags/pricing.ts'
import { rateFlags } from '../../flags/rate.ts'
import { sayPrice } from '../../lib/pricefile/say-price.ts'
import type { SaidPrice } from '../../lib/pricefile/say-price.ts'
import { priceOfFlags } from '../../lib/pricing/node-price.ts'
import { parsePrice } from '../../lib/pricing/price.ts'
import { renderConversion } from '../../output/render-conversion.ts'

export default class PriceConvert extends BaseCommand<SaidPrice> {
  static override summary = 'say a price in other units and currencies, and as flags of go-livepeer'
  static override description =
    "Turns wei, gwei, ETH and USD for pixels, seconds, images, tokens, characters and requests into each other, exactly. Pixels, seconds and images become each other by a shape. The rate is that of Chainlink's feed when a price needs one, and is refused when it is stale, incomplete or out of bounds; --rate asks nobody. Without --to it shows the usual units."
  static override examples = [
    '<%= config.bin %> price convert 3.50USD/hour --to wei/pixel --as 720p30',
    '<%= config.bin %> price convert 1200wei/pixel --as 1080p60 --rate 2500',
    '<%= config.bin %> price convert 0.41USD/1e12pixels --to wei/pixel --json',
    '<%= config.bin %> price convert 0.41USD --pixels-per-unit 1000000000000 --rate 2500',
    '<%= config.bin %> price convert 4768371wei/pixel --to USD/image --as 1024x1024 --rate 2500',
  ]

  static override args = {
    price: Args.string({
      description: 'an amount, its currency and what it is for',
      required: true,
      ignoreStdin: true,
    }),
  }

  static override flags = {
    to: priceKindFlag({ description: 'what to say it in; the usual units when absent' }),
    as: shapeFlag,
    'pixels-per-unit': pixelsPerUnitFlag,
    ...rateFlags,
  }

  protected override async execute(): Promise<SaidPrice> {
    const { args, flags } = await this.parse(PriceConvert)
    const { to, as: shape, 'pixels-per-unit': pixels } = flags
    const price = pixels === undefined ? parsePrice(args.price) : priceOfFlags(args.price, pixels)
    const rate = await this.rateFor(flags, [price.currency, ...(to ? [to.currency] : [])])
    const said = sayPrice(price, { to, shape, rate })
    for (const warning of said.warnings) this.addWarning(warning)
    return said
  }

  protected override render(said: SaidPrice): string {
    return renderConversion(said)
  }
}
