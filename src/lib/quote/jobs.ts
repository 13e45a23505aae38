import { UsageError } from '../errors.ts'
import { billedUnit, pipelineNames } from '../pricefile/pipelines.ts'
import type { BilledUnit } from '../pricefile/pipelines.ts'
import type { Quantity } from '../pricing/price-unit.ts'
import type { JobField } from './fields.ts'

/** What is known of a job by its name. */
export interface JobKind {
  /** What the orchestrator's price is for. */
  readonly unit: BilledUnit
  /** What a price may be written for; the shape of the job turns one into the other. */
  readonly pricedBy: readonly [Quantity, ...Quantity[]]
  /** How the orchestrator makes the price that it tells: a capability's has whole wei, a runner's nothing added. */
  readonly told: 'transcoding' | 'capability' | 'runner'
  readonly needs: readonly JobField[]
  readonly takes: readonly JobField[]
}

const second: BilledUnit = { quantity: 'second', perOne: 1n }
const request: BilledUnit = { quantity: 'request', perOne: 1n }

function batch(pricedBy: JobKind['pricedBy'], needs: JobKind['needs'], takes: JobKind['takes'] = []) {
  return { pricedBy, told: 'capability', needs, takes: [...takes, 'requests'] } as const
}

/** Every job that can be quoted: transcoding, the AI pipelines of go-livepeer, its live runners. */
const kinds: Readonly<Record<string, Omit<JobKind, 'unit'> & { readonly unit?: BilledUnit }>> = {
  transcoding: { pricedBy: ['pixel'], told: 'transcoding', needs: ['out', 'duration'], takes: ['segment'] },
  'text-to-image': batch(['pixel', 'image'], ['shape'], ['images']),
  'image-to-image': batch(['pixel', 'image'], ['shape'], ['images']),
  'image-to-video': batch(['pixel'], [], ['shape']),
  upscale: batch(['pixel', 'image'], ['shape']),
  'segment-anything-2': batch(['pixel', 'image'], ['shape']),
  'image-to-text': batch(['pixel', 'image'], ['shape']),
  'audio-to-text': batch(['second'], ['duration']),
  llm: batch(['token'], [], ['tokens']),
  'text-to-speech': batch(['character'], ['characters'], ['bytes']),
  'live-video-to-video': {
    pricedBy: ['pixel', 'second'],
    told: 'capability',
    needs: ['duration'],
    takes: ['interval'],
  },
  live: { unit: second, pricedBy: ['second'], told: 'runner', needs: ['duration'], takes: ['interval'] },
  fixed: { unit: request, pricedBy: ['request', 'image'], told: 'runner', needs: [], takes: [] },
}

/** The names of all jobs, in the order of help. */
export const jobNames: readonly string[] = Object.keys(kinds)

/** Undefined when there is no such job. */
export function jobKind(name: string): JobKind | undefined {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  return kind && { ...kind, unit: kind.unit ?? billedUnit(name, 'orchestrator') }
}

/** Whether a price file can have a price of it. */
export function isInPriceFile(name: string): boolean {
  return name === 'transcoding' || pipelineNames.includes(name)
}

/**
 * The job that is to be quoted; undefined where a file has many.
 *
 * @throws {UsageError} JOB_MISSING, JOB_SURPLUS
 */
export function oneJob(job: string | undefined, file: string | undefined): string | undefined {
  if (job === undefined && file === undefined) {
    throw new UsageError('JOB_MISSING', 'what is to be quoted is missing', {
      nextSteps: [`choose one of ${jobNames.join(', ')}`, '--jobs FILE quotes many'],
    })
  }
  if (job !== undefined && file !== undefined) {
    throw new UsageError('JOB_SURPLUS', 'a job and --jobs exclude each other')
  }
  return job
}
