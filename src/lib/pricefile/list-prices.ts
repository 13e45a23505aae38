import type { Address } from 'viem'

import type { Rational } from '../pm/rational.ts'
import { formatPriceUnit, parsePriceUnit } from '../pricing/price-unit.ts'
import { formatPrice } from '../pricing/price.ts'
import type { Price } from '../pricing/price.ts'
import type { Quantity } from '../pricing/price-unit.ts'
import type { Rate } from '../pricing/rate.ts'
import { convertPrice, weiPrice } from '../pricing/wei-price.ts'
import { formatWei } from '../units/wei.ts'
import type { ReadPriceFile } from './parse-price-file.ts'
import type { Side } from './pipelines.ts'
import { unitName } from './pipelines.ts'
import { describeJob, pricedJobs, weiPerBilledUnit } from './priced-jobs.ts'

/** What a price file says, with what it comes to. */
export interface PriceListing {
  readonly file: string
  /** Null where no rate was needed. */
  readonly rate: Rate | null
  readonly prices: readonly ListedPrice[]
  readonly settings: readonly ListedSetting[]
}

export interface ListedPrice {
  readonly side: Side
  readonly path: string
  /** In words. */
  readonly what: string
  readonly pipeline: string
  readonly model: string | null
  readonly gateway: Address | null
  /** As it is written. */
  readonly price: string
  /** What go-livepeer counts: `pixel`, `ms`. */
  readonly unit: string
  /** Null when it needs a rate that is not there, or is for something that is not counted. */
  readonly weiPerUnit: Rational | null
  /** The same in the rate's currency, for so many that it can be read. */
  readonly converted: { readonly amount: Rational; readonly unit: string } | null
}

export interface ListedSetting {
  readonly path: string
  readonly value: string
}

/** So many of a quantity that a price in USD has digits before the point. */
const readableUnits: Readonly<Record<Quantity, string>> = {
  pixel: '1e12pixels',
  second: 'hour',
  image: 'image',
  token: '1e6tokens',
  character: '1e6characters',
  request: 'request',
}

/** Every price and setting of a file. */
export function listPrices({ fileName, prices }: ReadPriceFile, rate?: Rate): PriceListing {
  const { orchestrator, gateway } = prices
  const settings: readonly (readonly [string, string | undefined])[] = [
    ['orchestrator.ticketEv', formatSetting(orchestrator?.ticketEvWei)],
    ['orchestrator.maxFaceValue', formatSetting(orchestrator?.maxFaceValueWei)],
    ['orchestrator.autoAdjustPrice', orchestrator?.autoAdjustPrice?.toString()],
    ['gateway.maxTicketEv', formatSetting(gateway?.maxTicketEvWei)],
    ['gateway.maxTotalEv', formatSetting(gateway?.maxTotalEvWei)],
    ['gateway.depositMultiplier', gateway?.depositMultiplier?.toString()],
  ]
  return {
    file: fileName,
    rate: rate ?? null,
    prices: pricedJobs(prices).map((job) => ({
      side: job.side,
      path: job.path,
      what: describeJob(job),
      pipeline: job.pipeline,
      model: job.model ?? null,
      gateway: job.gateway ?? null,
      price: formatPrice(job.price),
      unit: unitName(job.unit),
      weiPerUnit: weiPerBilledUnit(job, rate) ?? null,
      converted: converted(job.price, weiPerBilledUnit(job, rate), rate),
    })),
    settings: settings.flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }])),
  }
}

function converted(
  price: Price,
  wei: Rational | undefined,
  rate: Rate | undefined,
): ListedPrice['converted'] {
  if (wei === undefined || rate === undefined) return null
  const unit = parsePriceUnit(readableUnits[price.unit.quantity])
  const { amount } = convertPrice(weiPrice(price, rate), { currency: rate.currency, unit }, { rate })
  return { amount, unit: formatPriceUnit(unit) }
}

/** An amount as it could stand in the file. */
export function formatSetting(wei: bigint | undefined): string | undefined {
  if (wei === undefined || wei === 0n) return wei?.toString()
  return wei < 10n ** 15n ? `${formatWei(wei, 'gwei')}gwei` : `${formatWei(wei)}eth`
}
