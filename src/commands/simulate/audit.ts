import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import { addressFlag } from '../../flags/address.ts'
import { levelFlag } from '../../flags/luck.ts'
import { uint256Flag, winProbFlag } from '../../flags/numbers.ts'
import { storeFlags } from '../../flags/store.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { auditTallies, auditTickets, auditWinners, failedAudit } from '../../lib/luck/audit-luck.ts'
import type { LuckReport } from '../../lib/luck/audit-luck.ts'
import { readTallies, toldTally } from '../../lib/luck/read-tallies.ts'
import { storedWinners } from '../../lib/luck/stored-winners.ts'
import { tallyTickets } from '../../lib/luck/tally-tickets.ts'
import { openTicketSource } from '../../lib/tickets/sources/open-ticket-source.ts'
import { count } from '../../output/amounts.ts'
import type { Figure } from '../../output/figures/figure.ts'
import { auditFigures } from '../../output/simulations/audit-figures.ts'
import { presentAudit } from '../../output/simulations/present-audit.ts'
import type { Presentation } from '../../output/simulations/presentation.ts'
import { refuseSharedInput, sourceInput } from '../../prompts/standard-input.ts'
import { SimulateCommand } from '../../simulate-command.ts'

export default class SimulateAudit extends SimulateCommand<LuckReport> {
  static override summary = 'judge whether the luck of tickets is plausible'
  static override description =
    "Holds the number of winners against the win probabilities, by an exact test, for each sender, with a correction for many, and for all together. From tickets every win is worked out anew, none is believed; a file of winners alone, go-livepeer's database or the store need --tickets, how many there were in all. Exits with 11 when luck is hardly chance."
  static override examples = [
    '<%= config.bin %> simulate audit --tickets 1500000 --win-prob 1/150000 --winners 3',
    '<%= config.bin %> simulate audit received.ndjson',
    '<%= config.bin %> simulate audit ~/.lpData/arbitrum-one-mainnet/lpdb.sqlite3 --tickets 1500000',
    '<%= config.bin %> simulate audit --tallies senders.csv --level 0.1% --report luck.html',
  ]

  static override args = {
    file: Args.string({
      description: 'file of tickets, - for standard input; the winners of the store when absent',
      ignoreStdin: true,
    }),
  }

  static override flags = {
    tickets: uint256Flag({ description: 'how many tickets there were, those that did not win included' }),
    'win-prob': winProbFlag({ description: 'the win probability of those tickets', dependsOn: ['tickets'] }),
    winners: uint256Flag({
      description: 'how many of them won; nothing is read then',
      dependsOn: ['tickets', 'win-prob'],
    }),
    tallies: Flags.string({
      description: 'CSV of name,tickets,winProb,winners, or - for standard input; nothing else is read then',
      helpValue: 'FILE',
      exclusive: ['tickets', 'sender', 'recipient', 'by'],
    }),
    by: Flags.option({
      description: 'judge each sender, or each recipient',
      options: ['sender', 'recipient'] as const,
      default: 'sender',
    })(),
    level: levelFlag({ description: 'the probability of a false alarm; 1% when absent' }),
    sender: addressFlag({ description: 'only tickets of this sender', helpGroup: 'FILTER' }),
    recipient: addressFlag({ description: 'only tickets for this recipient', helpGroup: 'FILTER' }),
    ...storeFlags,
  }

  protected override async execute(): Promise<LuckReport> {
    const { args, flags } = await this.parse(SimulateAudit)
    const { tallies, tickets, winners, 'win-prob': winProb, by, level = 0.01, sender, recipient } = flags
    refuseSharedInput({ FILE: args.file, '--tallies': tallies })
    const told = toldTally({ file: args.file, tallies, tickets, winProb, winners })
    if (told !== undefined) return this.illustrate(auditTallies(told, level), flags)
    if (tallies !== undefined) {
      return this.illustrate(auditTallies(await readTallies(sourceInput(tallies)), level), flags)
    }
    const source =
      args.file === undefined
        ? storedWinners((await this.openStore(await this.settings(flags))).list())
        : await openTicketSource(sourceInput(args.file))
    this.onExit(() => source.close())
    const progress = this.startProgress('judging', source.size)
    const found = await tallyTickets(source, {
      by,
      wanted: (ticket) =>
        (sender === undefined || ticket.sender === sender) &&
        (recipient === undefined || ticket.recipient === recipient),
      onProgress: (read, position) => progress.reach(position, `${count(read)} tickets`),
      signal: this.signal,
    })
    progress.end()
    const name = sender ?? recipient ?? 'all'
    const report =
      tickets === undefined
        ? auditTickets(found, { by, level })
        : auditWinners(found, { tickets, winProb }, { by, level, name })
    return this.illustrate(report, flags)
  }

  protected override present(report: LuckReport): Presentation {
    return presentAudit(report)
  }

  protected override figures(report: LuckReport): readonly Figure[] {
    return auditFigures(report)
  }

  protected override failureOf(report: LuckReport): LpPayError | undefined {
    return failedAudit(report)
  }
}
