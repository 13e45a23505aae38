import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as Flags from '@oclif/core/flags'

import { readTicketsQuestion, ticketsFlags } from '../../flags/simulated-tickets.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { failedPlay, playTickets } from '../../lib/replay/play-tickets.ts'
import type { TicketsReport } from '../../lib/replay/play-tickets.ts'
import { openTicketFile } from '../../lib/replay/ticket-file.ts'
import { count } from '../../output/amounts.ts'
import type { Figure } from '../../output/figures/figure.ts'
import { presentTickets } from '../../output/simulations/present-tickets.ts'
import type { Presentation } from '../../output/simulations/presentation.ts'
import { ticketsFigures } from '../../output/simulations/tickets-figures.ts'
import { SimulateCommand } from '../../simulate-command.ts'

export default class SimulateTickets extends SimulateCommand<TicketsReport> {
  static override summary = 'play the protocol ticket by ticket, with real keys and signatures'
  static override description =
    "Gateways and orchestrators agree on parameters, sign, check, win, redeem and expire as go-livepeer and the contract have it, with deposits and reserves that all share and redemptions that race for them. The same seed plays the same, to the byte; whoever knows it has every key, so nothing of it is good for anything else. --on devnet repeats it with the real contract, on a devnet of the command's own, and compares every amount to the wei. Exits with 11 when one differs."
  static override examples = [
    '<%= config.bin %> simulate tickets --senders 3 --orchestrators 5 --tickets 20000 --seed 7',
    '<%= config.bin %> simulate tickets --face-value 0.0012 --win-prob 1/1500 --tickets 100000 --deposit 0.02 --reserve 0.006',
    '<%= config.bin %> simulate tickets --tickets 2000 --on devnet --rules 2022',
    '<%= config.bin %> simulate tickets --tickets 5000 --output tickets.ndjson --report tickets.html',
  ]

  static override flags = {
    ...ticketsFlags,
    on: Flags.option({
      description: 'repeat it with the real contract of a devnet, and compare',
      options: ['devnet'] as const,
    })(),
    output: Flags.string({ description: 'new file to write all tickets to, as NDJSON', helpValue: 'FILE' }),
  }

  protected override async execute(): Promise<TicketsReport> {
    const { flags } = await this.parse(SimulateTickets)
    const question = readTicketsQuestion(flags)
    const file = flags.output === undefined ? undefined : openTicketFile(flags.output)
    if (file !== undefined) this.onExit(() => file.close())
    const playing = this.startProgress('playing', flags.tickets)
    const replaying = this.startProgress('on the devnet', undefined)
    const report = await playTickets({
      question,
      hooks: {
        onProgress: (done) => playing.reach(done, `${count(done)} of ${count(flags.tickets)} tickets`),
        ...(file !== undefined && { onTickets: (packed) => file.write(packed) }),
      },
      signal: this.signal,
      devnet:
        flags.on === undefined
          ? undefined
          : await this.devnetPlace((done, words) => replaying.reach(done, words)),
    })
    playing.end()
    replaying.end()
    return this.illustrate(report, flags)
  }

  private async devnetPlace(reach: (done: number, words: string) => void) {
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-simulation-'))
    this.onExit(() => rm(folder, { recursive: true, force: true }))
    return {
      ...{ folder, snapshotFolder: this.snapshotFolder, searchFrom: this.paths.root },
      onReplayed: (done: number, steps: number) => reach(done, `${count(done)} of ${count(steps)} steps`),
    }
  }

  protected override present(report: TicketsReport): Presentation {
    return presentTickets(report)
  }

  protected override figures(report: TicketsReport): readonly Figure[] {
    return ticketsFigures(report)
  }

  protected override failureOf(report: TicketsReport): LpPayError | undefined {
    return failedPlay(report)
  }
}
