import { UsageError } from '../errors.ts'
import { divideRational, floorRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { Price } from '../pricing/price.ts'
import type { Rate } from '../pricing/rate.ts'
import type { Shape } from '../pricing/shape.ts'
import { priceFor, weiPrice } from '../pricing/wei-price.ts'
import { priceWithRedemptions } from './tickets.ts'
import type { JobTickets } from './tickets.ts'
import type { NamedJob } from './make-job.ts'

/** 1280x720 at 30 frames a second, whatever is really sent. */
const liveShape: Shape = { width: 1280n, height: 720n, fps: rational(30n) }
const maxInt64 = 2n ** 63n - 1n

/**
 * A price in wei for one of what go-livepeer counts.
 *
 * @param picture the image that a price for an image is for
 * @throws {UsageError} PRICE_UNIT_WRONG, RATE_MISSING
 */
export function priceOfUnit(
  price: Price,
  { name, kind }: Pick<NamedJob, 'name' | 'kind'>,
  { rate, picture }: { readonly rate?: Rate | undefined; readonly picture?: Shape | undefined } = {},
): Rational {
  const { unit, pricedBy } = kind
  if (!pricedBy.includes(price.unit.quantity)) {
    throw new UsageError('PRICE_UNIT_WRONG', `${name} has no price for a ${price.unit.quantity}`, {
      details: { job: name, quantity: price.unit.quantity },
      nextSteps: [`write its price for a ${pricedBy.join(' or a ')}`],
    })
  }
  const wei = weiPrice(price, rate)
  if (name === 'fixed') return wei.wei
  const shape = name === 'live-video-to-video' ? liveShape : picture
  return divideRational(priceFor(wei, unit.quantity, shape).wei, rational(unit.perOne))
}

/**
 * The price that the orchestrator tells, in wei: of capabilities and runners it keeps whole wei, and to all but those of
 * runners it adds what redeeming costs.
 *
 * @throws {UsageError} PRICE_FLOORED_TO_ZERO, PRICE_OVERFLOW
 */
export function toldPrice(
  ownWei: Rational,
  { name, kind: { told } }: Pick<NamedJob, 'name' | 'kind'>,
  tickets: JobTickets,
  redemptions: 'added' | 'included',
): Rational {
  const kept = told === 'capability' || told === 'runner' ? rational(floorRational(ownWei)) : ownWei
  const price = redemptions === 'included' || told === 'runner' ? kept : priceWithRedemptions(kept, tickets)
  if (price.numerator === 0n) {
    throw new UsageError('PRICE_FLOORED_TO_ZERO', 'a node rounds this price down to nothing', {
      details: { job: name },
      nextSteps: [
        kept.numerator === 0n ? 'ask for a wei at least' : 'ask for a thousandth of a wei at least',
      ],
    })
  }
  if (price.numerator > maxInt64 || price.denominator > maxInt64) {
    throw new UsageError('PRICE_OVERFLOW', 'this price does not fit into the 64 bits that it is told in', {
      details: { job: name },
    })
  }
  return price
}
