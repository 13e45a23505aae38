import { UsageError } from '../errors.ts'
import { divideRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Price } from './price.ts'
import type { Quantity } from './price-unit.ts'
import { weiOf, weiPerUnitOf } from './rate.ts'
import type { Rate } from './rate.ts'
import { pixelsOf, pixelsPerSecond } from './shape.ts'
import type { Shape } from './shape.ts'

/** wei for one of a quantity, exactly: what the network counts in. */
export interface WeiPrice {
  readonly wei: Rational
  readonly quantity: Quantity
}

/**
 * wei for one pixel, second, image, token, character or request.
 *
 * @param rate needed for a currency that is not ETH's own
 * @throws {UsageError} RATE_MISSING
 */
export function weiPrice(price: Price, rate?: Rate): WeiPrice {
  const wei = weiOf(price.amount, price.currency, rate)
  return { wei: divideRational(wei, price.unit.count), quantity: price.unit.quantity }
}

/**
 * The same price for another quantity. Pixels, images and seconds become each other by a shape; tokens, characters and
 * requests are not made of anything else.
 *
 * @throws {UsageError} SHAPE_MISSING, QUANTITY_DIFFERENT
 */
export function priceFor(price: WeiPrice, quantity: Quantity, shape?: Shape): WeiPrice {
  if (price.quantity === quantity) return price
  if (!isPicture(price.quantity) || !isPicture(quantity)) {
    throw different(price.quantity, quantity)
  }
  const from = pixelsIn(price.quantity, shape)
  const to = pixelsIn(quantity, shape)
  return { wei: divideRational(multiplyRational(price.wei, to), from), quantity }
}

/**
 * The amount that says the same price in another currency and unit.
 *
 * @throws {UsageError} RATE_MISSING, SHAPE_MISSING, QUANTITY_DIFFERENT
 */
export function convertPrice(
  price: WeiPrice,
  to: Pick<Price, 'currency' | 'unit'>,
  { rate, shape }: { readonly rate?: Rate | undefined; readonly shape?: Shape | undefined } = {},
): Price {
  const { wei } = priceFor(price, to.unit.quantity, shape)
  const amount = divideRational(multiplyRational(wei, to.unit.count), weiPerUnitOf(to.currency, rate))
  return { amount, currency: to.currency, unit: to.unit }
}

/**
 * The same price said for pixels: as much of the same currency for as many pixels as the seconds or images have.
 *
 * @throws {UsageError} SHAPE_MISSING, QUANTITY_DIFFERENT
 */
export function priceOfPixels(price: Price, shape?: Shape): Price {
  const { quantity, count } = price.unit
  if (quantity === 'pixel') return price
  if (!isPicture(quantity)) throw different(quantity, 'pixel')
  return { ...price, unit: { quantity: 'pixel', count: multiplyRational(count, pixelsIn(quantity, shape)) } }
}

type Picture = 'pixel' | 'image' | 'second'

function isPicture(quantity: Quantity): quantity is Picture {
  return quantity === 'pixel' || quantity === 'image' || quantity === 'second'
}

/** Pixels in one of a quantity. */
function pixelsIn(quantity: Picture, shape: Shape | undefined): Rational {
  if (quantity === 'pixel') return rational(1n)
  const ofImage = shape && rational(pixelsOf(shape))
  const pixels = quantity === 'image' ? ofImage : shape && pixelsPerSecond(shape)
  if (pixels !== undefined) return pixels
  throw new UsageError('SHAPE_MISSING', `how many pixels a ${quantity} has is not known`, {
    details: { quantity },
    nextSteps: [quantity === 'second' ? '--as 720p30 says which stream' : '--as 1024x1024 says which image'],
  })
}

function different(from: Quantity, to: Quantity): UsageError {
  return new UsageError('QUANTITY_DIFFERENT', `a price for a ${from} cannot become one for a ${to}`, {
    details: { from, to },
    nextSteps: ['only pixels, images and seconds of a stream become each other'],
  })
}
