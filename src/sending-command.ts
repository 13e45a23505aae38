import type { Address } from 'viem'

import { BaseCommand } from './base-command.ts'
import { expandUnsigned, sendingFlags } from './flags/sending.ts'
import { chooseAccount, chooseAddress } from './lib/config/choose-account.ts'
import type { ChosenAccount } from './lib/config/choose-account.ts'
import type { Settings } from './lib/config/settings.ts'
import type { Connection } from './lib/contracts/connect.ts'
import type { SenderOperation } from './lib/sender/operations/sender-operation.ts'
import type { SendResult, SenderPreview } from './lib/sender/send.ts'
import { renderPreview, renderSendResult } from './output/render-send.ts'
import { showSteps } from './output/steps.ts'
import { printError, printNote } from './output/streams.ts'
import { passwordReader } from './prompts/password.ts'
import { canAsk } from './prompts/terminal.ts'

type UnsignedForm = 'transaction' | 'safe'

export interface SendingFlags {
  readonly 'dry-run': boolean
  readonly yes: boolean
  readonly unsigned?: UnsignedForm | undefined
}

/** Makes the operation once the chain and the sending address are known. */
export type MakeOperation = (
  connection: Connection,
  from: Address,
) => { operation: SenderOperation; sender: Address }

/** A command that changes a sender's account: shows, asks, sends by the one lifecycle, and reports. */
export abstract class SendingCommand extends BaseCommand<SendResult> {
  static override baseFlags = { ...BaseCommand.baseFlags, ...sendingFlags }

  private reported: (() => Promise<void>) | undefined

  constructor(argv: string[], config: BaseCommand<SendResult>['config']) {
    super(expandUnsigned(argv), config)
  }

  protected override render(result: SendResult): string {
    return renderSendResult(result)
  }

  protected override async afterReport(): Promise<void> {
    await this.reported?.()
  }

  protected async send(flags: SendingFlags, make: MakeOperation): Promise<SendResult> {
    const settings = await this.settings(flags)
    return flags['dry-run'] || flags.unsigned !== undefined
      ? this.prepare(settings, flags.unsigned, make)
      : this.sendWith(settings, await chooseAccount(settings), flags.yes, make)
  }

  private async prepare(
    settings: Settings,
    form: UnsignedForm | undefined,
    make: MakeOperation,
  ): Promise<SendResult> {
    const from = await chooseAddress(settings)
    const connection = await this.connect(settings)
    const { prepare } = await import('./lib/sender/send.ts')
    const { operation } = make(connection, from)
    const { result, unsettled } = await prepare(
      operation,
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

  private async sendWith(
    settings: Settings,
    account: ChosenAccount,
    yes: boolean,
    make: MakeOperation,
  ): Promise<SendResult> {
    const connection = await this.connect(settings)
    const { send } = await import('./lib/sender/send.ts')
    const { operation, sender } = make(connection, account.address)
    const steps = showSteps()
    this.onExit(() => steps.end())
    const { result, reported } = await send(operation, sender, {
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
    preview: SenderPreview,
    account: ChosenAccount,
    settings: Settings,
    yes: boolean,
  ): Promise<void> {
    const shown = renderPreview(preview, account.label, settings.network.value.name)
    // Nobody is asked about what he has not seen, however quiet he wants it.
    const show = !yes && canAsk() ? printError : printNote
    show([shown, ...preview.cautions.map((caution) => `warning: ${caution}`)].join('\n'))
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
