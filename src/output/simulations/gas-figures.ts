import type { GasForecast, GasRowReport } from '../../lib/forecast/forecast-gas.ts'
import { gwei } from '../amounts.ts'
import { amountAxis, percentAxis } from '../figures/axes.ts'
import type { Figure, LineChart, Mark } from '../figures/figure.ts'

export function gasFigures(forecast: GasForecast): Figure[] {
  const { curve } = forecast
  const at = curve.map(({ gasPriceWei }) => gasPriceWei)
  const shared = {
    kind: 'lines',
    x: { ...amountAxis('gas price', at), scale: 'log' },
    at,
    marks: marksOf(forecast),
  } satisfies Partial<LineChart>
  return [
    {
      ...shared,
      title: 'What redemptions add to the price',
      caption:
        'One per cent as long as the reserve lets face values follow the gas price; more beyond, until orchestrators refuse.',
      y: percentAxis('added to the price'),
      series: [{ name: 'added to the price', values: curve.map(overheadOf) }],
    },
    {
      ...shared,
      title: 'Face value of tickets',
      caption:
        'A hundred times what redeeming one costs, as far as the reserve allows. The greater it is, the more income is a matter of luck.',
      y: {
        ...amountAxis(
          'face value',
          curve.map(({ faceValueWei }) => faceValueWei),
        ),
        scale: 'log',
      },
      series: [
        {
          name: 'face value',
          values: curve.map(({ faceValueWei, isRefused }) => (isRefused ? undefined : faceValueWei)),
        },
      ],
    },
  ]
}

function overheadOf({ overheadBasisPoints }: GasRowReport): number | undefined {
  return overheadBasisPoints === null ? undefined : Number(overheadBasisPoints) / 10_000
}

/** Of what is within the picture. */
function marksOf({ curve, gasPriceWei, squeezedFromWei, refusedFromWei }: GasForecast): Mark[] {
  const [first, last] = [curve[0]?.gasPriceWei ?? 0n, curve.at(-1)?.gasPriceWei ?? 0n]
  const marks: readonly (readonly [string, bigint | null])[] = [
    ['now', gasPriceWei],
    ['price rises', squeezedFromWei],
    ['refused', refusedFromWei],
  ]
  return marks.flatMap(([name, at]) =>
    at === null || at < first || at > last ? [] : [{ at, name, text: gwei(at) }],
  )
}
