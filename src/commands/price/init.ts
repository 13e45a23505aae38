import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { priceFileFlag } from '../../flags/pricefile.ts'
import type { NewPriceFile } from '../../lib/pricefile/new-price-file.ts'
import { renderLint, renderNewPriceFile } from '../../output/render-prices.ts'
import { printError } from '../../output/streams.ts'
import { makePriceFile } from '../../prompts/prices/make-price-file.ts'

export default class PriceInit extends BaseCommand<NewPriceFile> {
  static override summary = 'make a price file, by questions or from --set'
  static override description =
    'Asks for the prices of an orchestrator, the limits of a gateway or both, shows the file with what price check says of it, and writes it once you say yes. With --set it asks nothing; the keys are those of lp-pay price set. A file that is there is never replaced.'
  static override examples = [
    '<%= config.bin %> price init',
    '<%= config.bin %> price init --set orchestrator.transcoding=1200wei/pixel --set orchestrator.ticketEv=8gwei',
    '<%= config.bin %> price init --file gateway.yaml --set gateway.maxPrice=0.41USD/1e12pixels',
  ]

  static override flags = {
    ...priceFileFlag,
    set: Flags.string({
      description: 'a value of the file; repeat it for more',
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  protected override async execute(): Promise<NewPriceFile> {
    const { flags } = await this.parse(PriceInit)
    return makePriceFile({
      path: flags.file,
      values: flags.set,
      onDraft: (text, report) => printError(`${text}\n${renderLint(report)}`),
    })
  }

  protected override render(made: NewPriceFile): string {
    return renderNewPriceFile(made)
  }
}
