import {
  horizonFlag,
  positiveFlag,
  readSupposed,
  readTickets,
  surroundingsFlags,
  ticketFlags,
  workloadFlags,
} from '../../flags/workload.ts'
import { forecastEarnings } from '../../lib/forecast/forecast-earnings.ts'
import type { EarningsForecast } from '../../lib/forecast/forecast-earnings.ts'
import type { Figure } from '../../output/figures/figure.ts'
import { earningsFigures } from '../../output/simulations/earnings-figures.ts'
import { presentEarnings } from '../../output/simulations/present-earnings.ts'
import type { Presentation } from '../../output/simulations/presentation.ts'
import { SimulateCommand } from '../../simulate-command.ts'

export default class SimulateEarnings extends SimulateCommand<EarningsForecast> {
  static override summary = 'work out what an orchestrator earns by a workload, and what to set'
  static override description =
    'Income is what winners pay, and winners are a matter of chance: mean, deviation, quantiles, the probability of a week without any, the time to the first, what redeeming costs, and what is left. Then how that changes with ticket EV, face value, gas price and the size of batches, and which ticket EV and face value to set, and why.'
  static override examples = [
    '<%= config.bin %> simulate earnings --streams 20 --shape 720p30 --price 1200wei/pixel --gas-price 0.01gwei',
    '<%= config.bin %> simulate earnings --streams 2 --price 3.50USD/hour --rate 2500 --interval 5s --hours 7d --gas-price 0.02gwei --report earnings.html',
    '<%= config.bin %> simulate earnings --workload workload.yaml --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --network devnet --json',
  ]

  static override flags = {
    ...workloadFlags,
    ...ticketFlags,
    hours: horizonFlag({ description: 'how far to look ahead: 7d, 1y; 30d when absent' }),
    'batch-size': positiveFlag({
      description: 'winners redeemed in one transaction; 1 when absent',
    }),
    ...surroundingsFlags,
  }

  protected override async execute(): Promise<EarningsForecast> {
    const { flags } = await this.parse(SimulateEarnings)
    const forecast = forecastEarnings({
      streams: await this.workload(flags),
      tickets: readTickets(flags),
      surroundings: await this.surroundings(readSupposed(flags), flags),
      hours: flags.hours ?? 720n,
      batchSize: flags['batch-size'] ?? 1n,
    })
    return this.illustrate(forecast, flags)
  }

  protected override present(forecast: EarningsForecast): Presentation {
    return presentEarnings(forecast)
  }

  protected override figures(forecast: EarningsForecast): readonly Figure[] {
    return earningsFigures(forecast)
  }
}
