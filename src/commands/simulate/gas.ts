import { amountFlag } from '../../flags/amount.ts'
import { gasPriceFlag } from '../../flags/orchestrator.ts'
import { readSupposed, surroundingsFlags } from '../../flags/workload.ts'
import { forecastGas } from '../../lib/forecast/forecast-gas.ts'
import type { GasForecast } from '../../lib/forecast/forecast-gas.ts'
import { defaultTicketEvWei } from '../../lib/pm/ticket-parameters.ts'
import type { Figure } from '../../output/figures/figure.ts'
import { gasFigures } from '../../output/simulations/gas-figures.ts'
import { presentGas } from '../../output/simulations/present-gas.ts'
import type { Presentation } from '../../output/simulations/presentation.ts'
import { SimulateCommand } from '../../simulate-command.ts'
import { weiPer } from '../../lib/units/wei.ts'

const { gwei } = weiPer

export default class SimulateGas extends SimulateCommand<GasForecast> {
  static override summary = 'show what gas prices do to face value, win probability and price'
  static override description =
    "An orchestrator makes the face value of tickets a hundred times what redeeming one costs, as far as the sender's reserve allows. Beyond that its price rises, and in the end it refuses the sender: this says from which gas prices on, for a reserve that is supposed or read from the chain."
  static override examples = [
    '<%= config.bin %> simulate gas --reserve 0.12',
    '<%= config.bin %> simulate gas --reserve 0.36 --from 0.01gwei --to 10gwei --svg gas.svg',
    '<%= config.bin %> simulate gas --sender 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --network devnet --json',
  ]

  static override flags = {
    from: gasPriceFlag({ description: 'the least gas price; 0.01gwei when absent' }),
    to: gasPriceFlag({ description: 'the greatest gas price; 3gwei when absent' }),
    'ticket-ev': amountFlag({ description: 'expected value of a ticket; 8gwei when absent' }),
    'max-face-value': amountFlag({ description: "the orchestrator's maximum face value; none when absent" }),
    ...surroundingsFlags,
  }

  protected override async execute(): Promise<GasForecast> {
    const { flags } = await this.parse(SimulateGas)
    const forecast = forecastGas({
      surroundings: await this.surroundings(readSupposed(flags), flags),
      ticketEvWei: flags['ticket-ev'] ?? defaultTicketEvWei,
      maxFaceValueWei: flags['max-face-value'],
      fromWei: flags.from ?? gwei / 100n,
      toWei: flags.to ?? 3n * gwei,
    })
    return this.illustrate(forecast, flags)
  }

  protected override present(forecast: GasForecast): Presentation {
    return presentGas(forecast)
  }

  protected override figures(forecast: GasForecast): readonly Figure[] {
    return gasFigures(forecast)
  }
}
