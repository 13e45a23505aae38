import { UsageError } from '../errors.ts'
import { divideRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Price } from '../pricing/price.ts'
import type { Rate } from '../pricing/rate.ts'
import type { Shape } from '../pricing/shape.ts'
import { priceFor, weiPrice } from '../pricing/wei-price.ts'

/** Streams that pay alike, and the tickets that they are known to send. */
export interface StreamsOfClass {
  readonly name?: string
  /** how many at once */
  readonly streams: Rational
  /** wei an hour of each */
  readonly weiPerHour: Rational
  /** wei of one payment of one stream; absent when it is not known how often they pay */
  readonly paymentWei?: Rational
  readonly ticketEvWei?: bigint
  readonly faceValueWei?: bigint
}

/** Streams as somebody describes them: so many at a price, or what they spend together. */
export type SaidStreams =
  | {
      readonly streams: Rational
      readonly price: Price
      readonly shape?: Shape | undefined
      /** how often each pays */
      readonly intervalSeconds: number
    }
  | { readonly spend: Price }

const secondsPerHour = rational(3600n)

/**
 * What streams pay in an hour.
 *
 * @param rate for prices that are not in ETH
 * @throws {UsageError} RATE_MISSING, SHAPE_MISSING, QUANTITY_DIFFERENT
 */
export function streamsOf(said: SaidStreams, rate?: Rate): StreamsOfClass {
  if ('spend' in said) return { streams: rational(1n), weiPerHour: perHour(said.spend, undefined, rate) }
  const weiPerHour = perHour(said.price, said.shape, rate)
  const interval = rational(BigInt(said.intervalSeconds))
  return {
    streams: said.streams,
    weiPerHour,
    paymentWei: divideRational(multiplyRational(weiPerHour, interval), secondsPerHour),
  }
}

function perHour(price: Price, shape: Shape | undefined, rate: Rate | undefined): Rational {
  const { quantity } = price.unit
  if ((quantity === 'pixel' || quantity === 'image') && shape?.fps === undefined) {
    throw new UsageError('SHAPE_MISSING', `how many ${quantity}s a second of a stream has is not known`, {
      details: { quantity },
      nextSteps: ['give the shape of the streams with their frames a second, as 720p30'],
    })
  }
  const { wei } = priceFor(weiPrice(price, rate), 'second', shape)
  return multiplyRational(wei, secondsPerHour)
}
