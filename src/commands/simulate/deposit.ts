import { amountFlag, amountOrZeroFlag } from '../../flags/amount.ts'
import { playFlags } from '../../flags/play.ts'
import {
  horizonFlag,
  positiveFlag,
  readSupposed,
  readTickets,
  riskFlag,
  surroundingsFlags,
  ticketFlags,
  workloadFlags,
} from '../../flags/workload.ts'
import type { LpPayError } from '../../lib/errors.ts'
import { forecastDeposit, interruptedPlay } from '../../lib/forecast/forecast-deposit.ts'
import type { DepositForecast } from '../../lib/forecast/forecast-deposit.ts'
import { withTickets } from '../../lib/forecast/surroundings.ts'
import { count } from '../../output/amounts.ts'
import type { Figure } from '../../output/figures/figure.ts'
import { depositFigures } from '../../output/simulations/deposit-figures.ts'
import { presentDeposit } from '../../output/simulations/present-deposit.ts'
import type { Presentation } from '../../output/simulations/presentation.ts'
import { SimulateCommand } from '../../simulate-command.ts'

export default class SimulateDeposit extends SimulateCommand<DepositForecast> {
  static override summary = 'work out the deposit and reserve for a workload, and how long a deposit lasts'
  static override description =
    'Winners are a matter of chance, so a deposit is sized by the risk that they cost more than it has, exactly. With --deposit, or the deposit of an account on the chain, also the reverse: the probability of being dry by each hour, how long it lasts, and when to top up. --trials plays it too, so that the exact answer can be seen to be right.'
  static override examples = [
    '<%= config.bin %> simulate deposit --streams 100 --shape 720p30 --price 1200wei/pixel --hours 24 --face-value 0.0012 --risk 0.1%',
    '<%= config.bin %> simulate deposit --spend 0.012eth --gas-price 0.01gwei --deposit 0.3',
    '<%= config.bin %> simulate deposit --workload workload.yaml --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --network devnet --report deposit.html',
    '<%= config.bin %> simulate deposit --spend 0.012eth --face-value 0.0012 --trials 10000 --seed 7 --json',
  ]

  static override flags = {
    ...workloadFlags,
    ...ticketFlags,
    hours: horizonFlag({ description: 'how far to look ahead: 24, 30d, 1y; 24 when absent' }),
    risk: riskFlag({ description: 'the probability that it may run dry; 0.1% when absent' }),
    deposit: amountFlag({ description: 'how long this deposit lasts' }),
    floor: amountOrZeroFlag({ description: 'what counts as dry; when absent, a winner that cannot be paid' }),
    'deposit-multiplier': positiveFlag({
      description: "the gateway's -depositMultiplier; 1 when absent",
    }),
    ...playFlags,
    ...surroundingsFlags,
  }

  private trials = 0

  protected override async execute(): Promise<DepositForecast> {
    const { flags } = await this.parse(SimulateDeposit)
    this.trials = flags.trials ?? 0
    const streams = await this.workload(flags)
    const surroundings = await this.surroundings(readSupposed(flags), flags)
    const progress = this.startProgress('playing', flags.trials)
    const forecast = await forecastDeposit({
      streams: withTickets(streams, readTickets(flags), surroundings),
      surroundings,
      hours: flags.hours ?? 24n,
      risk: flags.risk ?? 0.001,
      floorWei: flags.floor ?? 0n,
      depositMultiplier: flags['deposit-multiplier'] ?? 1n,
      ...(flags.trials !== undefined && {
        play: {
          trials: flags.trials,
          seed: flags.seed ?? 1n,
          onProgress: (done, trials) => progress.reach(done, `${count(done)} of ${count(trials)} trials`),
          signal: this.signal,
        },
      }),
    })
    progress.end()
    return this.illustrate(forecast, flags)
  }

  protected override present(forecast: DepositForecast): Presentation {
    return presentDeposit(forecast)
  }

  protected override figures(forecast: DepositForecast): readonly Figure[] {
    return depositFigures(forecast)
  }

  protected override failureOf(forecast: DepositForecast): LpPayError | undefined {
    return interruptedPlay(forecast, this.trials)
  }
}
