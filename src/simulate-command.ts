import type { Address } from 'viem'

import { BaseCommand } from './base-command.ts'
import { pictureFlags } from './flags/pictures.ts'
import type { PictureFlags } from './flags/pictures.ts'
import { readWorkload } from './flags/workload.ts'
import type { WorkloadValues } from './flags/workload.ts'
import type { Settings } from './lib/config/settings.ts'
import { RpcUnavailableError } from './lib/errors.ts'
import { shellQuote } from './lib/files/shell-quote.ts'
import { writeFileAtomic } from './lib/files/write-file-atomic.ts'
import { redactUrls } from './lib/text/redact-urls.ts'
import { surroundingsOf } from './lib/forecast/surroundings.ts'
import type { StreamsOfClass } from './lib/forecast/stream-class.ts'
import type { Supposed, Surroundings } from './lib/forecast/surroundings.ts'
import { drawFigure } from './output/figures/draw-figure.ts'
import { figureToSvg } from './output/figures/figure-to-svg.ts'
import type { Figure } from './output/figures/figure.ts'
import { reportPage } from './output/figures/report/report-page.ts'
import { renderPresentation, toReport } from './output/simulations/presentation.ts'
import type { Presentation } from './output/simulations/presentation.ts'
import { printNote } from './output/streams.ts'

interface NetworkFlags {
  readonly offline: boolean
  readonly network?: string | undefined
  readonly profile?: string | undefined
  readonly 'rpc-url'?: string[] | undefined
}

interface SurroundingsFlags extends NetworkFlags {
  readonly sender?: Address | undefined
}

/** A command that simulates: tables, a chart below them, and the files that flags ask for. */
export abstract class SimulateCommand<Result extends object> extends BaseCommand<Result> {
  static override baseFlags = { ...BaseCommand.baseFlags, ...pictureFlags }

  private hasChart = true

  /** The result in words and tables. */
  protected abstract present(result: Result): Presentation

  /** The result in pictures, the most telling one first. */
  protected abstract figures(result: Result): readonly Figure[]

  /** Writes the files that flags ask for, and gives back the result. */
  protected async illustrate(result: Result, flags: PictureFlags): Promise<Result> {
    const { report, svg } = flags
    this.hasChart = !flags['no-chart']
    const figures = this.figures(result)
    const [first] = figures
    if (report !== undefined) {
      await writePicture(report, reportPage(toReport(this.present(result), figures, this.commandLine)))
    }
    if (svg !== undefined && first !== undefined) await writePicture(svg, figureToSvg(first))
    return result
  }

  protected override render(result: Result): string {
    const [first] = this.hasChart ? this.figures(result) : []
    const text = renderPresentation(this.present(result))
    return first === undefined ? text : `${text}\n\n${drawFigure(first)}`
  }

  private get commandLine(): string {
    return redactUrls(['lp-pay', ...(this.id ?? '').split(':'), ...this.argv.map(shellQuote)].join(' '))
  }

  /** The workload that flags describe. Where there is an RPC, a feed is asked for the rate of a price that needs one. */
  protected async workload(
    flags: WorkloadValues & NetworkFlags & { readonly feed?: Address | undefined },
  ): Promise<StreamsOfClass[]> {
    const { price, spend, rate, feed, network, profile, 'rpc-url': urls } = flags
    if (flags.offline) return readWorkload(flags)
    const currencies = [price, spend].flatMap((each) => (each === undefined ? [] : [each.currency]))
    const asked = { rate, feed, network, profile, 'rpc-url': urls }
    return readWorkload({ ...flags, rate: await this.rateFor(asked, currencies) })
  }

  /** What surrounds a workload: what is supposed, and the rest from the chain where there is an account. */
  protected async surroundings(supposed: Supposed, flags: SurroundingsFlags): Promise<Surroundings> {
    const read = flags.offline ? undefined : await this.readSender(flags)
    return surroundingsOf(supposed, read)
  }

  private async readSender({ sender, network, profile, 'rpc-url': urls }: SurroundingsFlags) {
    // What is spent by the hour is a flag here, and a setting elsewhere.
    const settings = await this.settings({ network, profile, 'rpc-url': urls })
    const address = sender ?? (await ownAddress(settings))
    if (address === undefined) return undefined
    try {
      const connection = await this.connect(settings)
      const { readSender } = await import('./lib/sender/read-sender.ts')
      return { network: connection.network.name, state: await readSender(connection, address) }
    } catch (error) {
      if (sender !== undefined || !(error instanceof RpcUnavailableError)) throw error
      this.addWarning(`${error.message}; the chain is left out`)
      return undefined
    }
  }
}

/** Pictures are no secrets. */
async function writePicture(path: string, contents: string): Promise<void> {
  await writeFileAtomic(path, contents, { mode: 0o644 })
  printNote(`wrote ${path}`)
}

/** The account that is configured, where there is an RPC to ask about it. */
async function ownAddress({ account, network, rpcUrls }: Settings): Promise<Address | undefined> {
  if (account.value === undefined || rpcUrls.value.length === 0) return undefined
  const { namedAddress } = await import('./lib/config/choose-account.ts')
  return namedAddress(account.value, network.value)
}
