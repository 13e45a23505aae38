import { UsageError } from '../errors.ts'
import {
  ceilRational,
  divideRational,
  floorRational,
  multiplyRational,
  rational,
  subtractRational,
} from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** How a session is billed: by 720p30 pixels (live-video-to-video), by the second, or once. */
export type LiveType = 'lv2v' | 'live' | 'fixed'

/** What has been billed of a session since its first payment. */
export interface LiveMeter {
  readonly type: LiveType
  /** Whether what is paid up front was billed. */
  readonly started: boolean
  /** Units billed for time that passed after the first payment. */
  readonly billedUnits: bigint
}

/** Units a second, and seconds paid up front; see go-livepeer's `GenerateLivePayment`. */
export const liveRules: Readonly<
  Record<Exclude<LiveType, 'fixed'>, { unitsPerSecond: bigint; upFrontSeconds: bigint }>
> = {
  lv2v: { unitsPerSecond: 1280n * 720n * 30n, upFrontSeconds: 60n },
  live: { unitsPerSecond: 1n, upFrontSeconds: 10n },
}

/** A session of which nothing has been billed. */
export function newLiveMeter(type: LiveType): LiveMeter {
  return { type, started: false, billedUnits: 0n }
}

/**
 * Bills a session up to a moment, in units: pixels (`lv2v`), seconds (`live`) or 1 (`fixed`). The first bill is what is
 * paid up front. After it, pixels are rounded down and seconds up; the clock advances by what was billed, so that no
 * fraction is lost or billed twice.
 *
 * @param elapsedSeconds since the first bill
 * @throws {UsageError} DURATION_INVALID, when it is below zero
 */
export function billLive(meter: LiveMeter, elapsedSeconds: Rational): { state: LiveMeter; bill: bigint } {
  if (elapsedSeconds.numerator < 0n) {
    throw new UsageError('DURATION_INVALID', 'no less than zero seconds can have passed')
  }
  if (!meter.started) return { state: { ...meter, started: true }, bill: upFrontUnits(meter.type) }
  if (meter.type === 'fixed') return { state: meter, bill: 0n }
  const { unitsPerSecond } = liveRules[meter.type]
  const billedSeconds = divideRational(rational(meter.billedUnits), rational(unitsPerSecond))
  const due = multiplyRational(subtractRational(elapsedSeconds, billedSeconds), rational(unitsPerSecond))
  const whole = meter.type === 'live' ? ceilRational(due) : floorRational(due)
  const bill = whole > 0n ? whole : 0n
  return { state: { ...meter, billedUnits: meter.billedUnits + bill }, bill }
}

function upFrontUnits(type: LiveType): bigint {
  if (type === 'fixed') return 1n
  return liveRules[type].unitsPerSecond * liveRules[type].upFrontSeconds
}
