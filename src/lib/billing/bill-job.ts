import { UsageError } from '../errors.ts'
import { addRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { pixelsPerSecond } from '../pricing/shape.ts'
import type { Shape } from '../pricing/shape.ts'
import { aiUnitsDebited, aiUnitsPaid } from './ai-units.ts'
import type { AiJob } from './ai-units.ts'
import { liveRules } from './live-meter.ts'
import type { LiveType } from './live-meter.ts'
import { transcodeMargin, transcodePixels } from './transcoding.ts'

/** All that one session bills, from its first payment to its last. */
export type BillableJob =
  /** Renditions with frames of their own. */
  | {
      readonly kind: 'transcoding'
      readonly renditions: readonly Shape[]
      readonly seconds: bigint
      readonly segmentSeconds: bigint
    }
  | { readonly kind: 'batch'; readonly job: AiJob; readonly requests: bigint }
  | {
      readonly kind: 'live'
      readonly type: LiveType
      readonly seconds: bigint
      /** Between two payments. */
      readonly intervalSeconds: bigint
    }

/** Payments in a row that are alike, in units of what the job is paid for. */
export interface BilledRun {
  readonly count: bigint
  /** What the gateway's credit must cover before each. */
  readonly reckoned: Rational
  /** What the gateway takes from its credit after each. */
  readonly debited: Rational
  /** What the orchestrator takes for each. */
  readonly taken: Rational
}

/**
 * The payments of one session, as go-livepeer's gateway makes them.
 *
 * @throws {UsageError} DURATION_INVALID, SHAPE_INVALID, JOB_AMOUNT_INVALID
 */
export function billJob(job: BillableJob): BilledRun[] {
  switch (job.kind) {
    case 'transcoding':
      return billTranscoding(job)
    case 'batch': {
      const paid = rational(aiUnitsPaid(job.job))
      const taken = rational(aiUnitsDebited(job.job))
      return [{ count: job.requests, reckoned: paid, debited: paid, taken }]
    }
    case 'live':
      return billLiveSession(job)
  }
}

/** Whole segments, and one that is shorter when the time does not divide. */
function billTranscoding({
  renditions,
  seconds,
  segmentSeconds,
}: Extract<BillableJob, { kind: 'transcoding' }>): BilledRun[] {
  requireTime(seconds)
  requireTime(segmentSeconds)
  const perSecond = renditions.reduce((sum, shape) => addRational(sum, framed(shape)), rational(0n))
  const run = (count: bigint, each: bigint): BilledRun => {
    const reckoned = multiplyRational(rational(transcodePixels(renditions, rational(each))), transcodeMargin)
    const made = multiplyRational(perSecond, rational(each))
    return { count, reckoned, debited: made, taken: made }
  }
  const left = seconds % segmentSeconds
  const whole = seconds / segmentSeconds
  return [...(whole > 0n ? [run(whole, segmentSeconds)] : []), ...(left > 0n ? [run(1n, left)] : [])]
}

/**
 * What is paid up front stays ahead as credit: the orchestrator takes only the time that passes, and a payment for it
 * follows at the end of each interval.
 */
function billLiveSession({
  type,
  seconds,
  intervalSeconds,
}: Extract<BillableJob, { kind: 'live' }>): BilledRun[] {
  if (type === 'fixed') {
    const once = rational(1n)
    return [{ count: 1n, reckoned: once, debited: once, taken: once }]
  }
  requireTime(seconds)
  requireTime(intervalSeconds)
  const { unitsPerSecond, upFrontSeconds } = liveRules[type]
  const ahead = rational(unitsPerSecond * upFrontSeconds)
  const each = rational(unitsPerSecond * intervalSeconds)
  return [
    { count: 1n, reckoned: ahead, debited: ahead, taken: rational(0n) },
    { count: seconds / intervalSeconds, reckoned: each, debited: each, taken: each },
  ]
}

function framed(shape: Shape): Rational {
  const pixels = pixelsPerSecond(shape)
  if (pixels !== undefined) return pixels
  throw new UsageError('SHAPE_INVALID', 'how many frames a second a rendition has is not known', {
    nextSteps: ['write 720p30, or the frames of its source when it keeps them'],
  })
}

function requireTime(seconds: bigint): void {
  if (seconds > 0n) return
  throw new UsageError('DURATION_INVALID', 'a job lasts longer than zero seconds')
}
