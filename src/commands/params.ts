import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../base-command.ts'
import { accountFlags } from '../flags/account.ts'
import { addressArg } from '../flags/address.ts'
import { amountFlag } from '../flags/amount.ts'
import { gasPriceFlag, priceFlag, readLimits } from '../flags/orchestrator.ts'
import { rateFlags } from '../flags/rate.ts'
import { chooseAddress } from '../lib/config/choose-account.ts'
import type { LpPayError } from '../lib/errors.ts'
import { refusedSender } from '../lib/orchestrator/refused-sender.ts'
import type { SenderParams } from '../lib/orchestrator/sender-params.ts'
import { defaultTicketEvWei } from '../lib/pm/ticket-parameters.ts'
import { weiPrice } from '../lib/pricing/wei-price.ts'
import { renderParams } from '../output/render-params.ts'

export default class Params extends BaseCommand<SenderParams> {
  static override summary =
    'show which ticket parameters an orchestrator would offer a sender, and why it would refuse'
  static override description =
    'Makes every check of either side of go-livepeer, from the state of the chain, and names the shortest next step of each that fails. The table shows what dearer gas would change. Exits with 0 whatever the answer, so that it can be read; with --check, with 11 when the sender is refused.'
  static override examples = [
    '<%= config.bin %> params',
    '<%= config.bin %> params 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --gas-price 0.05gwei --network devnet',
    '<%= config.bin %> params --ticket-ev 8gwei --max-face-value 0.01 --price 1200wei/pixel',
    '<%= config.bin %> params --check --gas-price 1gwei --json',
  ]

  static override args = { address: addressArg({ description: 'the sender; your own account when absent' }) }

  static override flags = {
    account: accountFlags.account,
    keystore: accountFlags.keystore,
    check: Flags.boolean({ description: 'exit with 11 when the sender is refused' }),
    'gas-price': gasPriceFlag({ description: 'suppose this gas price, with its unit' }),
    'ticket-ev': amountFlag({
      description: "the orchestrator's ticket EV; 8gwei when absent",
      helpGroup: 'ORCHESTRATOR',
    }),
    'max-face-value': amountFlag({
      description: "the orchestrator's maximum face value; none when absent",
      helpGroup: 'ORCHESTRATOR',
    }),
    price: priceFlag({
      description: "the orchestrator's own price, to see the one that it tells",
      helpGroup: 'ORCHESTRATOR',
    }),
    ...rateFlags,
    'max-ticket-ev': amountFlag({
      description: "the gateway's -maxTicketEV; 3000gwei when absent",
      helpGroup: 'GATEWAY',
    }),
    'max-total-ev': amountFlag({
      description: "the gateway's -maxTotalEV; 20000gwei when absent",
      helpGroup: 'GATEWAY',
    }),
    'deposit-multiplier': Flags.integer({
      description: "the gateway's -depositMultiplier; 1 when absent",
      helpGroup: 'GATEWAY',
      helpValue: 'N',
      min: 1,
      max: 1_000_000,
    }),
  }

  private failing = false

  protected override async execute(): Promise<SenderParams> {
    const { args, flags } = await this.parse(Params)
    this.failing = flags.check
    const rate = await this.rateFor(flags, flags.price ? [flags.price.currency] : [])
    const price = flags.price && weiPrice(flags.price, rate)
    const settings = await this.settings(flags)
    const address = args.address ?? (await chooseAddress(settings))
    const connection = await this.connect(settings)
    const { senderParams } = await import('../lib/orchestrator/sender-params.ts')
    const { 'gas-price': gasPriceWei, 'max-face-value': maxFaceValueWei } = flags
    return senderParams(connection, address, {
      terms: {
        ticketEvWei: flags['ticket-ev'] ?? defaultTicketEvWei,
        ...(maxFaceValueWei !== undefined && { maxFaceValueWei }),
      },
      limits: readLimits(flags),
      ...(price !== undefined && { price }),
      ...(gasPriceWei !== undefined && { gasPriceWei }),
    })
  }

  protected override render(params: SenderParams): string {
    return renderParams(params)
  }

  protected override failureOf(params: SenderParams): LpPayError | undefined {
    return this.failing ? refusedSender(params) : undefined
  }
}
