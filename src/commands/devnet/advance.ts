import { BaseCommand } from '../../base-command.ts'
import { portFlag } from '../../flags/devnet.ts'
import { wholeNumberFlag } from '../../flags/whole-number.ts'
import { advanceRounds } from '../../lib/devnet/advance-rounds.ts'
import type { AdvancedRounds } from '../../lib/devnet/advance-rounds.ts'

export default class DevnetAdvance extends BaseCommand<AdvancedRounds> {
  static override summary = 'move a devnet on by whole rounds and initialise each'
  static override examples = [
    '<%= config.bin %> devnet advance',
    '<%= config.bin %> devnet advance --rounds 2',
  ]

  static override flags = {
    port: portFlag,
    rounds: wholeNumberFlag({ description: 'how many', default: 1, helpValue: 'N' }),
  }

  protected override async execute(): Promise<AdvancedRounds> {
    const { flags } = await this.parse(DevnetAdvance)
    const progress = this.startProgress('advancing', flags.rounds)
    return advanceRounds({
      rpcUrl: flags['rpc-url']?.[0] ?? `http://127.0.0.1:${String(flags.port)}`,
      rounds: flags.rounds,
      onRound: () => {
        progress.tick()
      },
    })
  }

  protected override render({ fromRound, toRound }: AdvancedRounds): string {
    return `round ${fromRound.toString()} -> ${toRound.toString()}, initialised`
  }
}
