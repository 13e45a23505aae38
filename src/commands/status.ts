import { setTimeout as sleep } from 'node:timers/promises'
import * as Flags from '@oclif/core/flags'

import { BaseCommand, wantsJson } from '../base-command.ts'
import { accountFlags } from '../flags/account.ts'
import { addressArg } from '../flags/address.ts'
import { chooseAddress } from '../lib/config/choose-account.ts'
import { withRunway } from '../lib/forecast/status-runway.ts'
import type { StatusWithRunway } from '../lib/forecast/status-runway.ts'
import { parseDuration } from '../lib/units/duration.ts'
import { renderStatus } from '../output/render-status.ts'
import { showFrame } from '../output/frame.ts'

export default class Status extends BaseCommand<StatusWithRunway> {
  static override summary = "show a gateway's deposit, reserve and state, and whether orchestrators accept it"
  static override description =
    'Reads any address; a key is not needed. Without an address it shows your own account. Told what is spent in an hour, by --spend or the setting of that name, it says how long the deposit lasts.'
  static override examples = [
    '<%= config.bin %> status',
    '<%= config.bin %> status 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --network devnet',
    '<%= config.bin %> status --watch --every 30s',
    '<%= config.bin %> status --spend 0.012eth',
    '<%= config.bin %> status --json',
  ]

  static override args = { address: addressArg({ description: 'the sender; your own account when absent' }) }

  static override flags = {
    account: accountFlags.account,
    keystore: accountFlags.keystore,
    spend: Flags.string({
      description: 'what streams spend in an hour, to say how long the deposit lasts [LP_PAY_SPEND]',
      helpValue: '0.012eth',
    }),
    watch: Flags.boolean({ char: 'w', description: 'refresh until Ctrl-C' }),
    every: Flags.string({ description: 'how often to refresh', helpValue: '15s', dependsOn: ['watch'] }),
  }

  protected override async execute(): Promise<StatusWithRunway> {
    const { args, flags } = await this.parse(Status)
    const everyMs = parseDuration(flags.every ?? '15s') * 1000
    const settings = await this.settings(flags)
    const address = args.address ?? (await chooseAddress(settings))
    const connection = await this.connect(settings)
    const { senderStatus } = await import('../lib/sender/status.ts')
    const read = async () =>
      withRunway(await senderStatus(connection, address), settings.spendPerHourWei.value)
    let status = await read()
    while (flags.watch && !this.signal.aborted) {
      if (!wantsJson(this.argv)) showFrame(renderStatus(status))
      await sleep(everyMs, undefined, { signal: this.signal }).catch(() => undefined)
      if (!this.signal.aborted) status = await read()
    }
    return status
  }

  protected override render(status: StatusWithRunway): string {
    return renderStatus(status)
  }
}
