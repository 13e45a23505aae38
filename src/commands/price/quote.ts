import * as Args from '@oclif/core/args'
import type { Address } from 'viem'

import { BaseCommand, wantsJson } from '../../base-command.ts'
import { quoteFlags, toQuoteFields } from '../../flags/quote.ts'
import type { Settings } from '../../lib/config/settings.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { currenciesOf } from '../../lib/pricefile/priced-jobs.ts'
import { readPriceFile } from '../../lib/pricefile/price-file.ts'
import type { QuoteContext } from '../../lib/quote/context.ts'
import type { QuoteFields } from '../../lib/quote/fields.ts'
import { jobNames, oneJob } from '../../lib/quote/jobs.ts'
import { quoteJob } from '../../lib/quote/quote-job.ts'
import { failedLines, quoteLines } from '../../lib/quote/quote-lines.ts'
import type { QuotedLines } from '../../lib/quote/quote-lines.ts'
import { readChunks } from '../../lib/quote/read-chunks.ts'
import type { QuoteReport } from '../../lib/quote/report.ts'
import { untilAborted } from '../../lib/tickets/until-aborted.ts'
import { count } from '../../output/amounts.ts'
import { renderQuote, renderQuoteLines } from '../../output/render-quote.ts'
import { printChunks } from '../../output/streams.ts'
import { sourceInput } from '../../prompts/standard-input.ts'

export default class PriceQuote extends BaseCommand<QuoteReport> {
  static override summary = 'work out what a job costs, and with how many tickets it is paid'
  static override description =
    "Says what the gateway reckons with, what the orchestrator takes and what winning tickets pay on average: for transcoding, a batch of AI requests or a live session, exactly, as go-livepeer counts. What is not said is supposed, and named: it asks nobody, but a feed of Chainlink for a price in USD where an RPC is configured. With --sender the account's reserve and the present gas price are read from the chain; they decide the face value, and with it what an orchestrator adds to its price. With --jobs every line is a job, an object with the names of these flags as its keys, and has a line with its quote or its error."
  static override examples = [
    '<%= config.bin %> price quote transcoding --out 720p30,360p30 --duration 1h --concurrency 10 --price 1200wei/pixel',
    '<%= config.bin %> price quote text-to-image --shape 1024x1024 --images 4 --file prices.yaml --rate 2500',
    '<%= config.bin %> price quote live-video-to-video --duration 30m --price 3.50USD/hour --rate 2500 --gas-price 0.05gwei --reserve 0.36',
    '<%= config.bin %> price quote --jobs jobs.ndjson --price 1200wei/pixel',
  ]

  static override args = {
    job: Args.string({
      description: `what is to be done: ${jobNames.join(', ')}`,
      ignoreStdin: true,
    }),
  }

  static override flags = quoteFlags

  protected override async execute(): Promise<QuoteReport> {
    const { args, flags } = await this.parse(PriceQuote)
    const { jobs, price, sender, told } = flags
    const job = oneJob(args.job, jobs)
    const file = flags.file === undefined ? undefined : await readPriceFile(flags.file)
    const context: QuoteContext = {
      file,
      rate: await this.rateFor(flags, [
        ...(price ? [price.currency] : currenciesOf(file?.prices ?? {})),
        ...((sender ?? flags.feed) ? ['USD'] : []),
      ]),
      sender: sender && (await this.readSender(await this.settings(flags), sender)),
      redemptions: told ? 'included' : 'added',
    }
    const fields = toQuoteFields(flags)
    if (job === undefined) return { quote: null, lines: await this.quoteAll(jobs ?? '-', fields, context) }
    const quote = quoteJob(job, fields, context)
    for (const { message } of quote.warnings) this.addWarning(message)
    return { quote, lines: null }
  }

  protected override render({ quote }: QuoteReport): string {
    return quote === null ? '' : renderQuote(quote)
  }

  protected override failureOf({ lines }: QuoteReport): LpPayError | undefined {
    return lines === null ? undefined : failedLines(lines)
  }

  private async quoteAll(path: string, fields: QuoteFields, context: QuoteContext): Promise<QuotedLines> {
    this.isStream = wantsJson(this.argv)
    const input = sourceInput(path)
    const chunks = untilAborted('path' in input ? readChunks(input.path) : input.stream, this.signal)
    let [quoted, refused] = [0, 0]
    const lines = quoteLines(chunks, fields, context, (line) => ('quote' in line ? quoted++ : refused++))
    await printChunks(renderQuoteLines(lines))
    if (refused > 0)
      this.addWarning(`${count(refused)} of ${count(quoted + refused)} jobs have no quote: see their error`)
    return { complete: !this.signal.aborted, quoted, refused }
  }

  private async readSender(settings: Settings, address: Address) {
    const [{ readSender }, connection] = await Promise.all([
      import('../../lib/sender/read-sender.ts'),
      this.connect(settings),
    ])
    return readSender(connection, address)
  }
}
