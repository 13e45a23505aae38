import { addRational, divideRational, floorRational, multiplyRational, rational } from './rational.ts'
import type { Rational } from './rational.ts'
import type { FaceValue } from './ticket-parameters.ts'

/**
 * How many times the cost of its redemption a ticket's face value is; 0 when redeeming costs nothing (go-livepeer's
 * `TxCostMultiplier`). The configured 100 is what it comes to when nothing else binds the face value.
 */
export function effectiveTxCostMultiplier(offer: Pick<FaceValue, 'faceValueWei' | 'txCostWei'>): Rational {
  return offer.txCostWei <= 0n ? rational(0n) : rational(offer.faceValueWei, offer.txCostWei)
}

/**
 * The price that pays for redemptions too: price · (1 + txCost / faceValue), exactly (go-livepeer's
 * `-autoAdjustPrice`). The price itself when it is zero or less, or redeeming costs nothing.
 *
 * @param price wei a pixel, or of any other unit
 * @param multiplier see `effectiveTxCostMultiplier`
 */
export function autoAdjustPrice(price: Rational, multiplier: Rational): Rational {
  if (price.numerator <= 0n || multiplier.numerator <= 0n) return price
  const overhead = addRational(rational(1n), divideRational(rational(1n), multiplier))
  return multiplyRational(price, overhead)
}

/** The price as an orchestrator tells it when it adjusts it: rounded down to 3 decimals (`PriceToFixed`). */
export function advertisedPrice(price: Rational): Rational {
  return rational(floorRational(multiplyRational(price, rational(1000n))), 1000n)
}
