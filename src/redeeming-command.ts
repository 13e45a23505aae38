import { BaseCommand, wantsJson } from './base-command.ts'
import { chooseAccount, chooseAddress } from './lib/config/choose-account.ts'
import type { ChosenAccount } from './lib/config/choose-account.ts'
import type { Settings } from './lib/config/settings.ts'
import type { Connection } from './lib/contracts/connect.ts'
import { ConfigurationError, DeclinedError } from './lib/errors.ts'
import type { LpPayError } from './lib/errors.ts'
import type { RedeemContext } from './lib/redemption/redeem-context.ts'
import type { RedeemResult } from './lib/redemption/redeem-result.ts'
import type { RedeemRequest, RedemptionPreview } from './lib/redemption/redeem.ts'
import type { WatchEvent } from './lib/redemption/watch/watch-redemptions.ts'
import type { TicketStore } from './lib/store/ticket-store.ts'
import type { ImportResult } from './lib/tickets/import-source.ts'
import { count } from './output/amounts.ts'
import { toJsonLine } from './output/json.ts'
import { startProgress } from './output/progress.ts'
import { renderRedeemResult, renderRedemptionPreview } from './output/render-redeem.ts'
import { renderRedeemEvent, renderWatchLine } from './output/render-watch.ts'
import { showSteps } from './output/steps.ts'
import { printData, printNote } from './output/streams.ts'
import { passwordReader } from './prompts/password.ts'
import { sourceInput } from './prompts/standard-input.ts'

/** A transaction of the daemon waits this long before its fee follows the market. */
const raiseFeeAfterMs = 30_000

const news: ReadonlySet<string> = new Set(['settled', 'halved', 'takenBack', 'trouble'])

type Wanted = Pick<RedeemRequest, 'choice' | 'planOptions'>

/** Where a redemption takes place. */
interface Place {
  readonly settings: Settings
  readonly connection: Connection
  readonly store: TicketStore
}

/** A command that redeems tickets: takes a source in, shows the plan, asks once, sends, and reports. */
export abstract class RedeemingCommand extends BaseCommand<RedeemResult> {
  private failure: LpPayError | undefined
  private watching = false

  protected override render(result: RedeemResult): string {
    return renderRedeemResult(result)
  }

  protected override failureOf(): LpPayError | undefined {
    return this.failure
  }

  /** Prints what would be redeemed; needs no account. */
  protected async preview(
    settings: Settings,
    source: string | undefined,
    wanted: Wanted,
  ): Promise<RedeemResult> {
    const address = await addressIfAny(settings)
    const place = await this.open(settings)
    const imported = source === undefined ? null : await this.takeIn(place, source)
    const { previewRedemption } = await import('./lib/redemption/redeem.ts')
    const result = await previewRedemption(
      { ...this.where(place), ...(address !== undefined && { payer: { address } }) },
      wanted,
    )
    return { ...result, imported }
  }

  protected async redeem(
    settings: Settings,
    source: string | undefined,
    wanted: Wanted,
    yes: boolean,
  ): Promise<RedeemResult> {
    const account = await chooseAccount(settings)
    const place = await this.open(settings)
    const imported = source === undefined ? null : await this.takeIn(place, source)
    const steps = showSteps()
    this.onExit(() => steps.end())
    const { redeem } = await import('./lib/redemption/redeem.ts')
    const { result, failure } = await redeem(
      {
        ...(await this.context(place, account)),
        signal: this.signal,
        onStep: steps.show,
        onEvent: (event) => {
          steps.pause()
          // The plan is shown when it is agreed to, and the steps tell of what is sent.
          const line = news.has(event.event) ? renderRedeemEvent(event) : undefined
          if (line !== undefined) printNote(line)
        },
      },
      {
        ...wanted,
        holdToPreview: !yes,
        confirm: (preview) => {
          steps.pause()
          return this.confirm(preview, account, yes)
        },
      },
    )
    this.failure = failure
    return { ...result, imported }
  }

  /**
   * Redeems until it is interrupted.
   *
   * @throws {DeclinedError} CONFIRMATION_NEEDED
   */
  protected async watch(
    settings: Settings,
    source: string | undefined,
    wanted: Wanted,
    options: { readonly yes: boolean; readonly everyMs: number },
  ): Promise<RedeemResult> {
    if (!options.yes) {
      throw new DeclinedError('CONFIRMATION_NEEDED', 'a watch sends without asking; nothing was sent', {
        nextSteps: ['add --yes to agree to that'],
      })
    }
    const account = await chooseAccount(settings)
    const json = wantsJson(this.argv)
    this.isStream = json
    this.watching = true
    const place = await this.open(settings)
    const context = await this.context(place, account)
    const signer = await context.payer.signer()
    const [{ watchRedemptions }, { followSource }] = await Promise.all([
      import('./lib/redemption/watch/watch-redemptions.ts'),
      import('./lib/redemption/watch/watch-source.ts'),
    ])
    return watchRedemptions(
      { ...context, raiseFeeAfterMs, payer: { ...context.payer, signer: () => Promise.resolve(signer) } },
      {
        ...wanted,
        everyMs: options.everyMs,
        signal: this.signal,
        onEvent: (event) => tell(event, json),
        ...(source !== undefined && { takeIn: followSource(source, () => this.takeIn(place, source)) }),
      },
    )
  }

  /** A daemon tells of trouble when it comes; kept for its end it would have no end. */
  protected override addWarning(message: string): void {
    if (!this.watching) super.addWarning(message)
    else tell({ event: 'trouble', code: 'WARNING', message }, this.isStream)
  }

  private async open(settings: Settings): Promise<Place> {
    const connection = await this.connect(settings)
    return { settings, connection, store: await this.openStore(settings) }
  }

  private where({ settings, connection, store }: Place) {
    const feeLimit = settings.maxFeePerGasWei.value
    return {
      connection,
      store,
      dataFolder: this.paths.dataFolder,
      confirmations: settings.confirmations.value,
      ...(feeLimit !== undefined && { feeLimit }),
    }
  }

  private async context(place: Place, account: ChosenAccount): Promise<RedeemContext> {
    const { passwordFile, timeoutSeconds } = place.settings
    const { thisRedeemer } = await import('./lib/redemption/redeemer.ts')
    return {
      ...this.where(place),
      payer: {
        address: account.address,
        signer: () => account.openSigner(passwordReader(passwordFile.value, account.label)),
      },
      holder: thisRedeemer(),
      timeoutMs: timeoutSeconds.value * 1000,
    }
  }

  /** @throws {DeclinedError} INTERRUPTED */
  private async takeIn({ settings, connection, store }: Place, path: string): Promise<ImportResult> {
    const [{ importSource, requireSourceOfChain }, { openTicketSource }, { readExpiry }] = await Promise.all([
      import('./lib/tickets/import-source.ts'),
      import('./lib/tickets/sources/open-ticket-source.ts'),
      import('./lib/rounds/read-expiry.ts'),
    ])
    await store.requireChain(connection.chainKey)
    const source = await openTicketSource(sourceInput(path))
    const progress = startProgress('importing', source.size)
    try {
      requireSourceOfChain(source, settings.network.value)
      const result = await importSource(source, store, {
        name: path,
        signal: this.signal,
        round: await readExpiry(connection),
        onProgress: ({ read, position }) => progress.reach(position, `${count(read)} tickets`),
      })
      if (result.complete) return result
      throw new DeclinedError('INTERRUPTED', 'interrupted while tickets were taken in; nothing was sent', {
        nextSteps: ['repeat the command: what is stored counts as known'],
      })
    } finally {
      progress.end()
      await source.close()
    }
  }

  private async confirm(preview: RedemptionPreview, account: ChosenAccount, yes: boolean): Promise<void> {
    this.showPlan(renderRedemptionPreview(preview, account.label), yes)
    if (yes) return
    const { confirm } = await import('./prompts/confirm.ts')
    await confirm('Redeem them?')
  }
}

/** A dry run without any account goes without the look at its money. */
async function addressIfAny(settings: Settings) {
  try {
    return await chooseAddress(settings)
  } catch (error) {
    if (error instanceof ConfigurationError && settings.account.value === undefined) return undefined
    throw error
  }
}

function tell(event: WatchEvent, json: boolean): void {
  const line = json ? toJsonLine({ ...event, time: new Date().toISOString() }) : renderWatchLine(event)
  if (line !== undefined) printData(line)
}
