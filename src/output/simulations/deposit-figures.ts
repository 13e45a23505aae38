import type { DepositForecast, LeftReport } from '../../lib/forecast/forecast-deposit.ts'
import { count, eth } from '../amounts.ts'
import { amountAxis, hoursAxis } from '../figures/axes.ts'
import type { FanBand, FanChart, Figure } from '../figures/figure.ts'
import { hoursText } from './words.ts'

export function depositFigures({ left, played, runway, hours }: DepositForecast): Figure[] {
  const topUp = runway?.topUpByHour
  const marks =
    topUp === undefined || topUp === null || topUp > hours
      ? []
      : [{ at: topUp, name: 'top up by', text: hoursText(topUp) }]
  const worked = {
    ...fanOf(left),
    title: `What is left of ${eth(left.depositWei)}`,
    caption:
      'Worked out exactly: nine of ten times the deposit is in the wide band, half of the time in the narrow one. Below, the probability that it has run dry.',
    marks,
  }
  if (played === null) return [worked]
  return [
    worked,
    {
      ...fanOf(played),
      title: `The same, played ${count(played.trials)} times`,
      caption: `Winners drawn by chance, with seed ${played.seed.toString()}. It agrees with what was worked out as far as chance allows.`,
    },
  ]
}

type Untitled = Omit<FanChart, 'title' | 'caption'>

function fanOf({ hours, bands, dry, depositWei }: LeftReport): Untitled {
  const middle = ({ low, high }: { readonly low: bigint; readonly high: bigint }) => (low + high) / 2n
  const values = (probability: number) =>
    bands.find((band) => band.probability === probability)?.leftWei.map(middle) ?? []
  const band = (probability: number, name: string, low: number, high: number): FanBand => ({
    probability,
    name,
    low: values(low),
    high: values(high),
  })
  return {
    kind: 'fan',
    x: hoursAxis('time', hours.at(-1) ?? 0n),
    y: amountAxis('left of the deposit', [0n, depositWei]),
    at: hours,
    bands: [band(0.9, 'nine of ten', 0.05, 0.95), band(0.5, 'half', 0.25, 0.75)],
    median: { name: 'median', values: values(0.5) },
    chance: { name: 'dry by then', values: dry.map(({ low, high }) => (low + high) / 2) },
  }
}
