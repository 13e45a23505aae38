import { BaseCommand } from '../../base-command.ts'
import { accountFlags } from '../../flags/account.ts'
import { addressArg } from '../../flags/address.ts'
import { chooseAddress } from '../../lib/config/choose-account.ts'
import type { FeesState } from '../../lib/fees/read-fees.ts'
import { renderFees } from '../../output/render-fees.ts'

export default class FeesShow extends BaseCommand<FeesState> {
  static override summary = 'show what redemptions have earned and still lies in the protocol'
  static override description =
    'A redeemed ticket is not paid into the wallet: its ETH is credited as fees until it is withdrawn. Reads any address; a key is not needed.'
  static override examples = [
    '<%= config.bin %> fees show',
    '<%= config.bin %> fees show 0x90F79bf6EB2c4f870365E785982E1f101E93b906 --network devnet --json',
  ]

  static override args = {
    address: addressArg({ description: 'the orchestrator; your own account when absent' }),
  }

  static override flags = { account: accountFlags.account, keystore: accountFlags.keystore }

  protected override async execute(): Promise<FeesState> {
    const { args, flags } = await this.parse(FeesShow)
    const settings = await this.settings(flags)
    const address = args.address ?? (await chooseAddress(settings))
    const connection = await this.connect(settings)
    const { readFees } = await import('../../lib/fees/read-fees.ts')
    return readFees(connection, address)
  }

  protected override render(state: FeesState): string {
    return renderFees(state)
  }
}
