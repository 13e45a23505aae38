import { redeemFlags, sourceArg, toRedeemRequest } from '../flags/redeem.ts'
import type { RedeemResult } from '../lib/redemption/redeem-result.ts'
import { parseDuration } from '../lib/units/duration.ts'
import { RedeemingCommand } from '../redeeming-command.ts'

export default class Redeem extends RedeemingCommand {
  static override summary = 'redeem winning tickets, for as little gas as possible'
  static override description =
    'Reads tickets from the store, and from SOURCE first if there is one; checks them against the chain, shows the plan, asks, redeems in batches, and says what became of each ticket. No ticket is spent for less than its face value unless --include-partial says so, and none that cannot be redeemed now is lost: it stays, with the reason. What an earlier run left open is settled first, so it can be repeated after anything. The gas account need not be the recipient. With --watch it does so until Ctrl-C: once ends it after the transaction under way, twice at once; with --json every line is an event, the last one the envelope.'
  static override examples = [
    '<%= config.bin %> redeem ~/.lpData/arbitrum-one-mainnet/lpdb.sqlite3 --dry-run',
    '<%= config.bin %> redeem',
    '<%= config.bin %> redeem winners.ndjson --yes --json',
    '<%= config.bin %> redeem ~/.lpData/arbitrum-one-mainnet/lpdb.sqlite3 --watch --yes --max-fee-per-gas 0.5',
    '<%= config.bin %> redeem --only 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --max-gas-share 20% --min-payout 0.001',
  ]

  static override args = { source: sourceArg }

  static override flags = redeemFlags

  protected override async execute(): Promise<RedeemResult> {
    const { args, flags } = await this.parse(Redeem)
    const everyMs = parseDuration(flags.every ?? '1m') * 1000
    const settings = await this.settings(flags)
    const wanted = toRedeemRequest(flags)
    if (flags['dry-run']) return this.preview(settings, args.source, wanted)
    if (flags.watch) return this.watch(settings, args.source, wanted, { yes: flags.yes, everyMs })
    return this.redeem(settings, args.source, wanted, flags.yes)
  }
}
