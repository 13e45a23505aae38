import type { GasForecast, GasRowReport } from '../../lib/forecast/forecast-gas.ts'
import { count, eth, ethOrGwei, gwei, oneIn } from '../amounts.ts'
import type { Presentation } from './presentation.ts'
import { overhead } from './words.ts'

export function presentGas(forecast: GasForecast): Presentation {
  return {
    title: 'What gas prices do to tickets',
    subtitle: `${reserveText(forecast)}; a ticket EV of ${ethOrGwei(forecast.ticketEvWei)}`,
    headline: { value: refusedText(forecast), label: 'orchestrators refuse the sender' },
    sections: [
      { heading: null, facts: facts(forecast) },
      {
        heading: null,
        table: {
          columns: [
            'gas price',
            'face value',
            'wins',
            'adds to price',
            '',
            'reserve for 1 %',
            'least reserve',
          ],
          rows: forecast.rows.map(gasRow),
        },
      },
    ],
  }
}

function facts(forecast: GasForecast): (readonly [string, string])[] {
  const { network, ticketEvWei, gasPriceWei } = forecast
  return [
    ...(network === null ? [] : ([['network', network]] as const)),
    ['ticket EV', ethOrGwei(ticketEvWei)],
    ['reserve', reserveText(forecast)],
    ...(gasPriceWei === null ? [] : ([['gas price', `${gwei(gasPriceWei)} now`]] as const)),
    ...thresholds(forecast),
  ]
}

function reserveText({ reserveWei, poolSize }: GasForecast): string {
  return reserveWei === null
    ? 'as much as orchestrators like'
    : `${eth(reserveWei)}, for ${count(poolSize)} orchestrators`
}

function thresholds(forecast: GasForecast): (readonly [string, string])[] {
  const { squeezedFromWei } = forecast
  if (squeezedFromWei === null) return []
  return [
    ['price rises', thresholdText(squeezedFromWei)],
    ['refused', refusedText(forecast)],
  ]
}

function refusedText({ refusedFromWei }: GasForecast): string {
  return refusedFromWei === null ? 'at no gas price' : thresholdText(refusedFromWei)
}

/** The first gas price of its kind is a wei above a round one, which is what people can read. */
function thresholdText(fromWei: bigint): string {
  return fromWei === 0n ? 'at every gas price' : `above ${gwei(fromWei - 1n)}`
}

function gasRow(row: GasRowReport): string[] {
  return [
    gwei(row.gasPriceWei),
    eth(row.faceValueWei),
    row.winProb === null ? '-' : oneIn(row.winProb),
    overhead(row.overheadBasisPoints),
    row.isRefused ? 'refused' : 'accepted',
    eth(row.reserveWei),
    eth(row.leastReserveWei),
  ]
}
