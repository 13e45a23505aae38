import type { Address } from 'viem'

import { multiplyRational, divideRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { formatPriceUnit } from '../pricing/price-unit.ts'
import type { Price } from '../pricing/price.ts'
import { needsRate } from '../pricing/rate.ts'
import type { Rate } from '../pricing/rate.ts'
import { weiPrice } from '../pricing/wei-price.ts'
import { billedUnit } from './pipelines.ts'
import type { BilledUnit, Side } from './pipelines.ts'
import type { CapabilityPrice, PriceFile } from './types.ts'

/** One price of a file, and what it is for. */
export interface PricedJob {
  readonly side: Side
  /** Where it stands in the file. */
  readonly path: string
  /** `transcoding`, or an AI pipeline. */
  readonly pipeline: string
  readonly model?: string
  readonly gateway?: Address
  readonly price: Price
  readonly unit: BilledUnit
}

/** Every price of a file, in its order. */
export function pricedJobs({ orchestrator, gateway }: PriceFile): readonly PricedJob[] {
  return [
    ...(orchestrator?.transcoding
      ? [transcodingJob('orchestrator', 'transcoding', orchestrator.transcoding)]
      : []),
    ...[...(orchestrator?.gateways ?? [])].map(([address, price]) => ({
      ...transcodingJob('orchestrator', `gateways.${address}`, price),
      gateway: address,
    })),
    ...capabilityJobs('orchestrator', orchestrator?.capabilities ?? []),
    ...(gateway?.maxPrice ? [transcodingJob('gateway', 'maxPrice', gateway.maxPrice)] : []),
    ...capabilityJobs('gateway', gateway?.capabilities ?? []),
  ]
}

/** The currencies of all prices. */
export function currenciesOf(prices: PriceFile): readonly string[] {
  return pricedJobs(prices).map(({ price }) => price.currency)
}

/** Whether a price is for what go-livepeer counts: a price for an hour of transcoding is not. */
export function isForBilledUnit({ price, unit }: Pick<PricedJob, 'price' | 'unit'>): boolean {
  return price.unit.quantity === unit.quantity
}

/**
 * wei for one of what go-livepeer counts; undefined for a price that is for something else, or needs a rate that is not
 * there.
 */
export function weiPerBilledUnit(
  { price, unit }: Pick<PricedJob, 'price' | 'unit'>,
  rate?: Rate,
): Rational | undefined {
  if (!isForBilledUnit({ price, unit })) return undefined
  if (needsRate(price.currency) && rate?.currency !== price.currency) return undefined
  return divideRational(weiPrice(price, rate).wei, rational(unit.perOne))
}

/** A price as go-livepeer takes it: an amount of a currency that it knows, for so many units. */
export interface NodePrice {
  readonly amount: Rational
  /** `wei`, `ETH`, or one side of the node's feed */
  readonly currency: string
  readonly pixelsPerUnit: bigint
}

/** The same price in go-livepeer's words, exactly; for a price that {@link isForBilledUnit}. */
export function nodePrice({ price, unit }: Pick<PricedJob, 'price' | 'unit'>): NodePrice {
  const { numerator, denominator } = multiplyRational(price.unit.count, rational(unit.perOne))
  const gwei = price.currency === 'GWEI'
  const amount = multiplyRational(price.amount, rational(denominator * (gwei ? 10n ** 9n : 1n)))
  const currency = gwei || price.currency === 'WEI' ? 'wei' : price.currency
  return { amount, currency, pixelsPerUnit: numerator }
}

/** `text-to-image stabilityai/sd-turbo for 0x...` */
export function describeJob({ side, pipeline, model, gateway, path }: PricedJob): string {
  if (path === 'gateway.maxPrice') return 'all without a maximum of its own'
  const what = [pipeline, ...(model === undefined ? [] : [model === 'default' ? '(any model)' : model])].join(
    ' ',
  )
  return gateway === undefined || side === 'gateway' ? what : `${what} for ${gateway}`
}

/** `a price for an hour` in a message. */
export function describeUnit(price: Price): string {
  return formatPriceUnit(price.unit)
}

function transcodingJob(side: Side, name: string, price: Price): PricedJob {
  return {
    side,
    path: `${side}.${name}`,
    pipeline: 'transcoding',
    price,
    unit: billedUnit('transcoding', side),
  }
}

function capabilityJobs(side: Side, capabilities: readonly CapabilityPrice[]): readonly PricedJob[] {
  return capabilities.map(({ pipeline, model, price, gateway }, index) => ({
    side,
    path: `${side}.capabilities[${String(index)}].price`,
    pipeline,
    model,
    ...(gateway && { gateway }),
    price,
    unit: billedUnit(pipeline, side),
  }))
}
