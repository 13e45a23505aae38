import { UsageError } from '../errors.ts'
import { ceilRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { pixelsOf } from '../pricing/shape.ts'
import type { Shape } from '../pricing/shape.ts'

/** What a gateway adds to its estimate: go-livepeer's 1.02, as the float64 that it is. */
export const transcodeMargin = rational(2_296_835_809_958_953n, 2_251_799_813_685_248n)

/** Frames a second that a gateway reckons with for a rendition that keeps those of its source. */
const passthroughFps = rational(60n)

/**
 * Pixels that a gateway reckons a segment's renditions to have: w · h · ceil(fps) · ceil(seconds) of each, with 60 frames
 * a second for a rendition without a rate of its own.
 *
 * @throws {UsageError} DURATION_INVALID, when it is not above zero
 */
export function transcodePixels(renditions: readonly Shape[], seconds: Rational): bigint {
  if (seconds.numerator <= 0n) {
    throw new UsageError('DURATION_INVALID', 'a segment lasts longer than zero seconds')
  }
  return renditions.reduce(
    (sum, shape) => sum + pixelsOf(shape) * ceilRational(shape.fps ?? passthroughFps) * ceilRational(seconds),
    0n,
  )
}

/** What a gateway pays for a segment, in wei: pixels · 1.02 · price. `priceWei` is wei a pixel. */
export function transcodeEstimate(pixels: bigint, priceWei: Rational): Rational {
  return multiplyRational(multiplyRational(rational(pixels), transcodeMargin), priceWei)
}

/** What an orchestrator takes for a segment, in wei: the pixels it made · price. `priceWei` is wei a pixel. */
export function transcodeDebit(pixels: bigint, priceWei: Rational): Rational {
  return multiplyRational(rational(pixels), priceWei)
}
