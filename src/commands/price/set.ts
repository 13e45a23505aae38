import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import { setPrice, valueToSet } from '../../lib/pricefile/set-price.ts'
import type { PriceChange } from '../../lib/pricefile/set-price.ts'
import { renderPriceChange } from '../../output/render-prices.ts'

export default class PriceSet extends BaseCommand<PriceChange> {
  static override summary = 'change one value of a price file, and keep its comments'
  static override description =
    'Nothing is written when the value or the file would not be understood. Keys are orchestrator.transcoding, orchestrator.gateways.ADDRESS, orchestrator.capabilities.PIPELINE/MODEL, orchestrator.ticketEv, orchestrator.maxFaceValue, orchestrator.autoAdjustPrice, gateway.maxPrice, gateway.capabilities.PIPELINE/MODEL, gateway.maxTicketEv, gateway.maxTotalEv and gateway.depositMultiplier; without /MODEL a price is for every model.'
  static override examples = [
    '<%= config.bin %> price set orchestrator.transcoding 0.41USD/1e12pixels',
    '<%= config.bin %> price set orchestrator.capabilities.text-to-image/stabilityai/sd-turbo 4768371wei/pixel',
    '<%= config.bin %> price set gateway.maxTicketEv 3000gwei --file prices.yaml',
    '<%= config.bin %> price set gateway.maxPrice --unset',
  ]

  static override args = {
    key: Args.string({ description: 'which value', required: true, ignoreStdin: true }),
    value: Args.string({ description: 'what it shall be', ignoreStdin: true }),
  }

  static override flags = {
    ...priceFileFlag,
    unset: Flags.boolean({ description: 'take the value out of the file' }),
  }

  protected override async execute(): Promise<PriceChange> {
    const { args, flags } = await this.parse(PriceSet)
    return setPrice(flags.file, args.key, valueToSet(args.value, flags.unset))
  }

  protected override render(change: PriceChange): string {
    return renderPriceChange(change)
  }
}
