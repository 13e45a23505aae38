import type { AiJob } from '../billing/ai-units.ts'
import type { BillableJob } from '../billing/bill-job.ts'
import { UsageError } from '../errors.ts'
import type { Shape } from '../pricing/shape.ts'
import { closest } from '../text/closest.ts'
import type { JobField, QuoteFields } from './fields.ts'
import { jobKind, jobNames } from './jobs.ts'
import type { JobKind } from './jobs.ts'

/** A job of which everything is known. */
export interface NamedJob {
  readonly name: string
  readonly kind: JobKind
  readonly bill: BillableJob
}

const usualSegmentSeconds = 2n
/** go-livepeer's -livePaymentInterval */
const usualIntervalSeconds = 5n

/**
 * The job that fields describe.
 *
 * @throws {UsageError} JOB_UNKNOWN, JOB_FIELD_MISSING, JOB_FIELD_UNUSED
 */
export function makeJob(name: string, fields: QuoteFields): NamedJob {
  const kind = jobKind(name)
  if (kind === undefined) throw unknownJob(name)
  const missing = kind.needs.find((field) => fields[field] === undefined)
  if (missing !== undefined) {
    throw new UsageError('JOB_FIELD_MISSING', `${name} needs ${missing}`, {
      details: { job: name, field: missing },
      nextSteps: [`as in ${examples[missing]}`],
    })
  }
  return { name, kind, bill: makeBill(name, fields) }
}

/**
 * Refuses a field that a job has no use for: whoever wrote it expects another price.
 *
 * @throws {UsageError} JOB_FIELD_UNUSED
 */
export function refuseUnusedFields({ name, kind }: NamedJob, fields: QuoteFields): void {
  const known: readonly JobField[] = [...kind.needs, ...kind.takes]
  const unused = jobFields.find((field) => fields[field] !== undefined && !known.includes(field))
  if (unused === undefined) return
  throw new UsageError('JOB_FIELD_UNUSED', `the price of ${name} does not depend on ${unused}`, {
    details: { job: name, field: unused },
    nextSteps: known.length === 0 ? [] : [`it depends on ${known.join(', ')}`],
  })
}

/** How each is written. */
const examples: Readonly<Record<JobField, string>> = {
  out: '--out 720p30,360p30',
  shape: '--shape 1024x1024',
  images: '--images 4',
  tokens: '--tokens 256',
  characters: '--characters 500',
  bytes: '--bytes 500',
  requests: '--requests 100',
  duration: '--duration 1h',
  segment: '--segment 2s',
  interval: '--interval 5s',
}
const jobFields = Object.keys(examples) as JobField[]

function makeBill(name: string, fields: QuoteFields): BillableJob {
  const { duration: seconds = 0n, segment, interval, requests = 1n } = fields
  switch (name) {
    case 'transcoding':
      return {
        kind: 'transcoding',
        renditions: fields.out ?? [],
        seconds,
        segmentSeconds: segment ?? usualSegmentSeconds,
      }
    case 'live-video-to-video':
      return { kind: 'live', type: 'lv2v', seconds, intervalSeconds: interval ?? usualIntervalSeconds }
    case 'live':
    case 'fixed':
      return { kind: 'live', type: name, seconds, intervalSeconds: interval ?? usualIntervalSeconds }
    default:
      return { kind: 'batch', job: makeBatch(name as AiJob['pipeline'], fields), requests }
  }
}

const nothing: Shape = { width: 0n, height: 0n }

/** What a pipeline needs is there: `makeJob` has looked. */
function makeBatch(pipeline: AiJob['pipeline'], fields: QuoteFields): AiJob {
  const { shape: size = nothing, images = 1n, tokens, characters = 0n, duration: seconds = 0n } = fields
  switch (pipeline) {
    case 'text-to-image':
    case 'image-to-image':
      return { pipeline, size, images }
    case 'upscale':
    case 'segment-anything-2':
    case 'image-to-text':
      return { pipeline, size }
    case 'image-to-video':
      return { pipeline, ...(fields.shape !== undefined && { size }) }
    case 'audio-to-text':
      return { pipeline, seconds }
    case 'llm':
      return { pipeline, ...(tokens !== undefined && { maxTokens: tokens }) }
    case 'text-to-speech':
      return { pipeline, characters, bytes: fields.bytes ?? characters }
  }
}

function unknownJob(name: string): UsageError {
  const like = closest(name, jobNames)
  return new UsageError('JOB_UNKNOWN', 'there is no such job', {
    nextSteps: [like === undefined ? `choose one of ${jobNames.join(', ')}` : `did you mean ${like}?`],
  })
}
