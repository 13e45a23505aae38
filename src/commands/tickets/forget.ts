import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { BaseCommand } from '../../base-command.ts'
import { addressFlag } from '../../flags/address.ts'
import { storeFlags } from '../../flags/store.ts'
import { chooseToForget, forgetTickets } from '../../lib/store/forget-tickets.ts'
import type { ForgetResult } from '../../lib/store/forget-tickets.ts'
import { renderForgettable, renderForgotten } from '../../output/render-tickets.ts'
import { printError, printNote } from '../../output/streams.ts'
import { confirm } from '../../prompts/confirm.ts'
import { canAsk } from '../../prompts/terminal.ts'

export default class TicketsForget extends BaseCommand<ForgetResult> {
  static override summary = 'give tickets up, so that they are never redeemed'
  static override description =
    'Only pending, expired and invalid tickets can be forgotten; the others are on the chain or on their way to it. A forgotten ticket stays in the store, counts as forgotten in lp-pay tickets stats, and is not taken up again when it is imported again.'
  static override examples = [
    '<%= config.bin %> tickets forget 0x5ad9ac3f 0x1c0ffee1',
    '<%= config.bin %> tickets forget --expired --yes',
    '<%= config.bin %> tickets forget --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  ]

  static override args = {
    hash: Args.string({ description: 'their hashes, or the beginnings of them', ignoreStdin: true }),
  }
  static override strict = false

  static override flags = {
    expired: Flags.boolean({ description: 'all that have expired' }),
    sender: addressFlag({
      description: 'all that are pending of this sender; with --expired, his expired ones',
    }),
    yes: Flags.boolean({ char: 'y', description: 'forget without asking' }),
    ...storeFlags,
  }

  protected override async execute(): Promise<ForgetResult> {
    const { argv, flags } = await this.parse(TicketsForget)
    const store = await this.openStore(await this.settings(flags))
    const chosen = await chooseToForget(store, { ...flags, names: argv as string[] })
    if (chosen.hashes.length > 0 && !flags.yes) {
      const say = canAsk() ? printError : printNote
      say(renderForgettable(chosen))
      await confirm('Forget them for good?', {
        without: 'nothing was forgotten',
        nextStep: 'add --yes to forget without asking',
      })
    }
    return forgetTickets(store, chosen)
  }

  protected override render(result: ForgetResult): string {
    return renderForgotten(result)
  }
}
