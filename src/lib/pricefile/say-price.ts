import { UsageError } from '../errors.ts'
import type { Rational } from '../pm/rational.ts'
import { formatPrice } from '../pricing/price.ts'
import type { Price } from '../pricing/price.ts'
import { formatPriceUnit, parsePriceUnit } from '../pricing/price-unit.ts'
import type { Quantity } from '../pricing/price-unit.ts'
import type { Rate } from '../pricing/rate.ts'
import type { Shape } from '../pricing/shape.ts'
import { convertPrice, priceOfPixels, weiPrice } from '../pricing/wei-price.ts'
import { lintPrices } from './lint/lint-prices.ts'
import { nodeWords } from './node-words.ts'
import type { NodeWords } from './node-words.ts'
import { billedUnit } from './pipelines.ts'

/** One price in other units, and in go-livepeer's words. */
export interface SaidPrice {
  /** As it was given. */
  readonly price: string
  readonly rate: Rate | null
  /** Exact; `amount` of `currency` for one `unit`. */
  readonly conversions: readonly Conversion[]
  /** Null for what go-livepeer has no price for. */
  readonly node: NodeWords | null
  /** What go-livepeer would lose of it. */
  readonly warnings: readonly string[]
}

export interface Conversion {
  readonly amount: Rational
  readonly currency: string
  /** `pixel`, `1e12pixels`, `hour` */
  readonly unit: string
}

export interface SayOptions {
  /** Only this; the usual units when absent. */
  readonly to?: Omit<Price, 'amount'> | undefined
  /** Which stream or image. */
  readonly shape?: Shape | undefined
  readonly rate?: Rate | undefined
}

/**
 * Says one price otherwise, exactly.
 *
 * @throws {UsageError} RATE_MISSING, SHAPE_MISSING, QUANTITY_DIFFERENT, PRICE_OVERFLOW
 */
export function sayPrice(price: Price, { to, shape, rate }: SayOptions): SaidPrice {
  const wei = weiPrice(price, rate)
  const targets = to === undefined ? usualTargets(wei.quantity, shape, rate) : [to]
  const conversions = targets.map((target) => convertPrice(wei, target, { rate, shape }))
  const { said, warnings } = forNode(price, shape, rate)
  return {
    price: formatPrice(price),
    rate: rate ?? null,
    conversions: conversions.map(({ amount, currency, unit }) => ({
      amount,
      currency: currency === 'WEI' || currency === 'GWEI' ? currency.toLowerCase() : currency,
      unit: formatPriceUnit(unit),
    })),
    node: said,
    warnings,
  }
}

/** A price for seconds or images is one for pixels as soon as a shape says how many they have. */
function forNode(price: Price, shape: Shape | undefined, rate: Rate | undefined) {
  const isPicture = price.unit.quantity === 'second' || price.unit.quantity === 'image'
  const told = shape !== undefined && isPicture ? priceOfPixels(price, shape) : price
  const said = nodeWords(told)
  if (told.unit.quantity !== 'pixel') return { said, warnings: [] }
  const job = { price: told, unit: billedUnit('transcoding', 'orchestrator') }
  const findings = lintPrices(
    [{ ...job, side: 'orchestrator', path: formatPrice(price), pipeline: 'transcoding' }],
    { rate },
  )
  const overflow = findings.find(({ code }) => code === 'PRICE_OVERFLOW')
  if (overflow !== undefined) throw new UsageError(overflow.code, overflow.message)
  const lost = findings.filter(({ code }) => code === 'PRICE_TOO_SMALL')
  return { said, warnings: lost.map(({ message }) => message) }
}

const usualUnits: Readonly<Record<Quantity, readonly string[]>> = {
  pixel: ['pixel', '1e6pixels', '1e12pixels'],
  second: ['second', 'minute', 'hour'],
  image: ['image'],
  token: ['token', '1e6tokens'],
  character: ['character', '1e6characters'],
  request: ['request'],
}

/** Everything that the quantity can be said in, in each currency that is known. */
function usualTargets(
  quantity: Quantity,
  shape: Shape | undefined,
  rate: Rate | undefined,
): readonly Omit<Price, 'amount'>[] {
  const isPicture = ['pixel', 'second', 'image'].includes(quantity)
  const others: readonly Quantity[] =
    shape === undefined || !isPicture ? [] : ['pixel', shape.fps === undefined ? 'image' : 'second']
  const units = [...new Set([quantity, ...others])].flatMap((each) => usualUnits[each])
  const currencies = ['WEI', 'ETH', ...(rate === undefined ? [] : [rate.currency])]
  return units.flatMap((unit) => currencies.map((currency) => ({ currency, unit: parsePriceUnit(unit) })))
}
