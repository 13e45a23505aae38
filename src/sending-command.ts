import type { Address } from 'viem'

import { BaseCommand } from './base-command.ts'
import { expandUnsigned, sendingFlags } from './flags/sending.ts'
import { chooseAccount, chooseAddress } from './lib/config/choose-account.ts'
import type { ChosenAccount } from './lib/config/choose-account.ts'
import type { Settings } from './lib/config/settings.ts'
import type { Connection } from './lib/contracts/connect.ts'
import type { Preview } from './lib/tx/preview.ts'
import type { AccountOperation, HoldingsChange, SendReport } from './lib/tx/send.ts'
import { renderPreview, renderSendReport } from './output/render-send.ts'
import type { HoldingsView } from './output/render-send.ts'
import { showSteps } from './output/steps.ts'
import { passwordReader } from './prompts/password.ts'

type UnsignedForm = 'transaction' | 'safe'

export interface SendingFlags {
  readonly 'dry-run': boolean
  readonly yes: boolean
  readonly unsigned?: UnsignedForm | undefined
}

/** Makes the operation once the chain and the sending address are known. */
export type MakeOperation<State, Holdings, Event> = (
  connection: Connection,
  from: Address,
) => AccountOperation<State, Holdings, Event>

/** A command that changes an account's holdings: shows, asks, sends by the one lifecycle, and reports. */
export abstract class SendingCommand<Holdings, Event> extends BaseCommand<SendReport<Holdings, Event>> {
  static override baseFlags = { ...BaseCommand.baseFlags, ...sendingFlags }

  /** How the holdings are shown. */
  protected abstract readonly view: HoldingsView<Holdings, Event>

  private reported: (() => Promise<void>) | undefined

  constructor(argv: string[], config: BaseCommand<SendReport<Holdings, Event>>['config']) {
    super(expandUnsigned(argv), config)
  }

  protected override render(result: SendReport<Holdings, Event>): string {
    return renderSendReport(result, this.view)
  }

  protected override async afterReport(): Promise<void> {
    await this.reported?.()
  }

  protected async send<State>(
    flags: SendingFlags,
    make: MakeOperation<State, Holdings, Event>,
  ): Promise<SendReport<Holdings, Event>> {
    const settings = await this.settings(flags)
    return flags['dry-run'] || flags.unsigned !== undefined
      ? this.prepare(settings, flags.unsigned, make)
      : this.sendWith(settings, await chooseAccount(settings), flags.yes, make)
  }

  private async prepare<State>(
    settings: Settings,
    form: UnsignedForm | undefined,
    make: MakeOperation<State, Holdings, Event>,
  ): Promise<SendReport<Holdings, Event>> {
    const from = await chooseAddress(settings)
    const connection = await this.connect(settings)
    const { prepare } = await import('./lib/tx/send.ts')
    const { result, unsettled } = await prepare(
      make(connection, from),
      { connection, from, ...this.sendingSettings(settings) },
      form,
    )
    for (const entry of unsettled) {
      this.addWarning(
        `an earlier ${entry.operation} is not settled: lp-pay tx resume ${entry.attempts[0].hash}`,
      )
    }
    for (const caution of result.preview?.cautions ?? []) this.addWarning(caution)
    return result
  }

  private async sendWith<State>(
    settings: Settings,
    account: ChosenAccount,
    yes: boolean,
    make: MakeOperation<State, Holdings, Event>,
  ): Promise<SendReport<Holdings, Event>> {
    const connection = await this.connect(settings)
    const { send } = await import('./lib/tx/send.ts')
    const steps = showSteps()
    this.onExit(() => steps.end())
    const { result, reported } = await send(make(connection, account.address), {
      ...this.sendingSettings(settings),
      connection,
      from: account.address,
      signer: () => account.openSigner(passwordReader(settings.passwordFile.value, account.label)),
      confirm: async (preview) => {
        steps.pause()
        await this.confirm(preview, account, settings, yes)
      },
      confirmations: settings.confirmations.value,
      timeoutMs: settings.timeoutSeconds.value * 1000,
      signal: this.signal,
      onStep: steps.show,
    })
    this.reported = reported
    return result
  }

  private async confirm(
    preview: Preview<HoldingsChange<Holdings>>,
    account: ChosenAccount,
    settings: Settings,
    yes: boolean,
  ): Promise<void> {
    const shown = renderPreview(preview, this.view, account.label, settings.network.value.name)
    this.showPlan([shown, ...preview.cautions.map((caution) => `warning: ${caution}`)].join('\n'), yes)
    this.warnings.push(...preview.cautions)
    if (yes) return
    const { confirm } = await import('./prompts/confirm.ts')
    await confirm('Send it?')
  }

  private sendingSettings(settings: Settings) {
    const feeLimit = settings.maxFeePerGasWei.value
    return { dataFolder: this.paths.dataFolder, ...(feeLimit !== undefined && { feeLimit }) }
  }
}
