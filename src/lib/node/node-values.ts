import type { Rational } from '../pm/rational.ts'
import { rational } from '../pm/rational.ts'
import { formatAmount, formatPrice } from '../pricing/price.ts'
import { needsRate } from '../pricing/rate.ts'
import type { Rate } from '../pricing/rate.ts'
import { weiOf } from '../pricing/rate.ts'
import { formatSetting } from '../pricefile/list-prices.ts'
import { unitName } from '../pricefile/pipelines.ts'
import type { Side } from '../pricefile/pipelines.ts'
import { describeJob, nodePrice, pricedJobs, weiPerBilledUnit } from '../pricefile/priced-jobs.ts'
import type { PricedJob } from '../pricefile/priced-jobs.ts'
import type { PriceFile } from '../pricefile/types.ts'

/** One value of a price file, and how a node is made to hold it. */
export interface NodeValue {
  /** Where it stands in the file. */
  readonly path: string
  readonly what: string
  /** As it is written. */
  readonly written: string
  /** wei for one unit, or wei; absent for what is neither. */
  readonly wei?: Rational
  readonly unit: string
  /** Whether its wei are worked out with a rate, and move with it. */
  readonly followsRate: boolean
  /** What sets it; absent for what a node takes only when it is started. */
  readonly request?: NodeRequest
  /** Whether the node tells what it holds, and under which name. */
  readonly readAs?: string
}

export interface NodeRequest {
  readonly path: string
  readonly form: Readonly<Record<string, string>>
}

/**
 * What one side of a price file asks of a node. A price in another currency than ETH's own is turned into wei by the
 * rate: the node's own feed is checked by nobody.
 *
 * @throws {UsageError} RATE_MISSING
 */
export function nodeValues(prices: PriceFile, side: Side, rate: Rate | undefined): readonly NodeValue[] {
  const jobs = pricedJobs(prices).filter((job) => job.side === side)
  return [...jobs.map((job) => priceValue(job, rate)), ...settings(prices, side)]
}

function priceValue(job: PricedJob, rate: Rate | undefined): NodeValue {
  const wei = weiPerBilledUnit(job, rate)
  const isTranscoding = job.model === undefined
  return {
    path: job.path,
    what: describeJob(job),
    written: formatPrice(job.price),
    ...(wei && { wei }),
    unit: unitName(job.unit),
    followsRate: needsRate(job.price.currency),
    ...requestOf(job, rate),
    ...(isTranscoding && { readAs: job.gateway === undefined ? job.path : job.path.toLowerCase() }),
  }
}

function requestOf(job: PricedJob, rate: Rate | undefined): { readonly request?: NodeRequest } {
  const { side, model, gateway, pipeline } = job
  if (side === 'gateway') {
    const form = priceForm('maxPricePerUnit', job, rate)
    if (model === undefined) return { request: { path: '/setBroadcastConfig', form } }
    return { request: { path: '/setMaxPriceForCapability', form: { ...form, pipeline, modelID: model } } }
  }
  if (model !== undefined) return {}
  const form = priceForm('pricePerUnit', job, rate)
  if (gateway === undefined) return { request: { path: '/setOrchestratorConfig', form } }
  return { request: { path: '/setPriceForBroadcaster', form: { ...form, broadcasterEthAddr: gateway } } }
}

function priceForm(
  name: 'pricePerUnit' | 'maxPricePerUnit',
  { price, unit }: PricedJob,
  rate: Rate | undefined,
): Readonly<Record<string, string>> {
  const inOwn = needsRate(price.currency)
    ? { ...price, amount: weiOf(price.amount, price.currency, rate), currency: 'WEI' }
    : price
  const { amount, currency, pixelsPerUnit } = nodePrice({ price: inOwn, unit })
  return { [name]: formatAmount(amount), pixelsPerUnit: String(pixelsPerUnit), currency }
}

function settings({ orchestrator, gateway }: PriceFile, side: Side): readonly NodeValue[] {
  const start = (path: string, written: string | undefined): readonly NodeValue[] =>
    written === undefined ? [] : [{ path, what: nameOf(path), written, unit: '', followsRate: false }]
  if (side === 'gateway') {
    return [
      ...start('gateway.maxTicketEv', formatSetting(gateway?.maxTicketEvWei)),
      ...start('gateway.maxTotalEv', formatSetting(gateway?.maxTotalEvWei)),
      ...start('gateway.depositMultiplier', gateway?.depositMultiplier?.toString()),
    ]
  }
  return [
    ...maxFaceValue(orchestrator?.maxFaceValueWei),
    ...start('orchestrator.ticketEv', formatSetting(orchestrator?.ticketEvWei)),
    ...start('orchestrator.autoAdjustPrice', orchestrator?.autoAdjustPrice?.toString()),
  ]
}

function maxFaceValue(wei: bigint | undefined): readonly NodeValue[] {
  const written = formatSetting(wei)
  if (wei === undefined || written === undefined) return []
  const path = 'orchestrator.maxFaceValue'
  return [
    {
      path,
      what: nameOf(path),
      written,
      wei: rational(wei),
      unit: 'ticket',
      followsRate: false,
      request: { path: '/setMaxFaceValue', form: { maxfacevalue: String(wei) } },
    },
  ]
}

function nameOf(path: string): string {
  return path.slice(path.indexOf('.') + 1)
}
