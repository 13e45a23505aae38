import type { Quantity } from '../pricing/price-unit.ts'

/** Which half of a price file: what an orchestrator asks, or what a gateway pays at most. */
export type Side = 'orchestrator' | 'gateway'

/** What go-livepeer counts for a job: its price is for one of them, and its `pixelsPerUnit` counts them. */
export interface BilledUnit {
  readonly quantity: Quantity
  /** So many of them are one of the quantity. */
  readonly perOne: bigint
}

interface Pipeline {
  readonly unit: BilledUnit
  /** Where a gateway does not count as an orchestrator does. */
  readonly gatewayUnit?: BilledUnit
  /** Prices seen on the network in wei for one unit, lowest and highest. */
  readonly seenWei?: readonly [bigint, bigint]
}

const pixel: BilledUnit = { quantity: 'pixel', perOne: 1n }

/** Transcoding, and the AI pipelines of go-livepeer. */
const known: Readonly<Record<string, Pipeline>> = {
  transcoding: { unit: pixel, seenWei: [164n, 1200n] },
  'text-to-image': { unit: pixel, seenWei: [4_768_371n, 4_768_371n] },
  'image-to-image': { unit: pixel, seenWei: [1_700_000n, 1_700_000n] },
  'image-to-video': { unit: pixel, seenWei: [3_390_842n, 3_390_842n] },
  upscale: { unit: pixel },
  'segment-anything-2': { unit: pixel },
  'image-to-text': { unit: pixel },
  'audio-to-text': { unit: { quantity: 'second', perOne: 1000n }, seenWei: [12_882_811n, 12_882_811n] },
  llm: { unit: { quantity: 'token', perOne: 1n } },
  'text-to-speech': {
    unit: { quantity: 'character', perOne: 1000n },
    gatewayUnit: { quantity: 'character', perOne: 1n },
  },
  'live-video-to-video': { unit: pixel },
}

/** The AI pipelines that go-livepeer has. */
export const pipelineNames: readonly string[] = Object.keys(known).filter((name) => name !== 'transcoding')

/** What is counted for a pipeline, or for `transcoding`; pixels for one that go-livepeer does not have. */
export function billedUnit(pipeline: string, side: Side): BilledUnit {
  const { unit, gatewayUnit } = find(pipeline) ?? { unit: pixel }
  return side === 'gateway' ? (gatewayUnit ?? unit) : unit
}

/** The lowest and the highest price seen on the network, in wei for one unit. */
export function pricesSeen(pipeline: string): readonly [bigint, bigint] | undefined {
  return find(pipeline)?.seenWei
}

/** What a unit is called: `pixel`, `ms`. */
export function unitName({ quantity, perOne }: BilledUnit): string {
  if (perOne === 1n) return quantity
  return quantity === 'second' && perOne === 1000n ? 'ms' : `1/${String(perOne)} ${quantity}`
}

function find(pipeline: string): Pipeline | undefined {
  return Object.hasOwn(known, pipeline) ? known[pipeline] : undefined
}
