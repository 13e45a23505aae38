import type { EarningsForecast } from '../../lib/forecast/forecast-earnings.ts'
import type { SensitivityRow } from '../../lib/forecast/sensitivity-tables.ts'
import { formatWei } from '../../lib/units/wei.ts'
import { amountAxis, percentAxis } from '../figures/axes.ts'
import type { Distribution, Figure, HeatCell, HeatMap } from '../figures/figure.ts'
import { aboutEth, chance, hoursText } from './words.ts'

export function earningsFigures(forecast: EarningsForecast): Figure[] {
  return [incomeFigure(forecast), luckFigure(forecast)]
}

function incomeFigure({ distribution, net, hours }: EarningsForecast): Distribution {
  const amounts = distribution.flatMap(({ fromWei, toWei }) => [fromWei, toWei])
  return {
    kind: 'distribution',
    title: `Net income of ${hoursText(hours)}`,
    caption: `On average ${aboutEth(net.meanWei)}, with a standard deviation of ${aboutEth(net.deviationWei)}.`,
    x: amountAxis('net income', amounts),
    y: percentAxis('probability'),
    bars: distribution.map(({ fromWei, toWei, probability }) => ({
      from: fromWei,
      to: toWei,
      height: probability,
    })),
    marks: [
      { at: net.meanWei, name: 'mean', text: aboutEth(net.meanWei) },
      ...net.quantiles
        .filter(({ probability }) => probability !== 0.5)
        .map(({ probability, wei }) => ({
          at: wei.high,
          name: `${chance(probability)} earn at most`,
          text: aboutEth(wei.high),
        })),
    ],
  }
}

function luckFigure({ sensitivity, hours }: EarningsForecast): HeatMap {
  const rows = sensitivity.evByGas
  const evs = [...new Set(rows.map(({ ticketEvWei }) => ticketEvWei))]
  const gasPrices = [...new Set(rows.map(({ gasPriceWei }) => gasPriceWei))]
  return {
    kind: 'heat',
    title: 'How much of the income is luck',
    caption: `The standard deviation of the net income of ${hoursText(hours)}, in parts of its mean, with the face value that orchestrators make of the gas price.`,
    measure: 'deviation of the net income (% of its mean)',
    scale: 'log',
    columns: { label: 'gas price', unit: 'gwei', names: gasPrices.map(inGwei) },
    rows: { label: 'ticket EV', unit: 'gwei', names: evs.map(inGwei) },
    cells: evs.map((ev) => rows.filter(({ ticketEvWei }) => ticketEvWei === ev).map(cellOf)),
  }
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function inGwei(wei: bigint): string {
  return formatWei(wei, 'gwei')
}

function cellOf({ outcome }: SensitivityRow): HeatCell {
  if (outcome === null) return { missing: 'refused' }
  if (outcome.variation === null || outcome.variation < 0) return { missing: 'a loss' }
  return { value: outcome.variation * 100, text: threeDigits(outcome.variation * 100) }
}
