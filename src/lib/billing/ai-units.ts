import { UsageError } from '../errors.ts'
import { pixelsOf } from '../pricing/shape.ts'
import type { Shape } from '../pricing/shape.ts'

/** A batch job of one pipeline, with what its price depends on. */
export type AiJob =
  | {
      readonly pipeline: 'text-to-image' | 'image-to-image'
      readonly size: Shape
      readonly images: bigint
    }
  | { readonly pipeline: 'upscale' | 'segment-anything-2' | 'image-to-text'; readonly size: Shape }
  /** 1024x576 when no size is said */
  | { readonly pipeline: 'image-to-video'; readonly size?: Shape }
  | { readonly pipeline: 'audio-to-text'; readonly seconds: bigint }
  /** 256 tokens when none are said */
  | { readonly pipeline: 'llm'; readonly maxTokens?: bigint }
  /** bytes: of the text in UTF-8 */
  | { readonly pipeline: 'text-to-speech'; readonly characters: bigint; readonly bytes: bigint }

const framesOfVideo = 25n
const videoSize: Shape = { width: 1024n, height: 576n }
const unitsPerSecondOfAudio = 1000n
const defaultTokens = 256n
const unitsPerCharacter = 1000n

/**
 * Units that a gateway pays for a job: pixels, milliseconds of audio, tokens, or bytes of text to speak.
 *
 * @throws {UsageError} JOB_AMOUNT_INVALID, when there is not one of them at least
 */
export function aiUnitsPaid(job: AiJob): bigint {
  if (job.pipeline === 'text-to-speech') return positive(job.bytes)
  return aiUnitsDebited(job)
}

/** A text to speak, as the two sides count it. */
export function textToSpeak(text: string): Extract<AiJob, { pipeline: 'text-to-speech' }> {
  return {
    pipeline: 'text-to-speech',
    characters: BigInt([...text].length),
    bytes: BigInt(new TextEncoder().encode(text).length),
  }
}

/**
 * Units that an orchestrator takes for a job. They are what the gateway pays, but for text-to-speech: 1000 a character
 * where the gateway pays one a byte.
 *
 * @throws {UsageError} JOB_AMOUNT_INVALID
 */
export function aiUnitsDebited(job: AiJob): bigint {
  switch (job.pipeline) {
    case 'text-to-image':
    case 'image-to-image':
      return positive(pixelsOf(job.size)) * positive(job.images)
    case 'upscale':
    case 'segment-anything-2':
    case 'image-to-text':
      return positive(pixelsOf(job.size))
    case 'image-to-video':
      return positive(pixelsOf(job.size ?? videoSize)) * framesOfVideo
    case 'audio-to-text':
      return positive(job.seconds) * unitsPerSecondOfAudio
    case 'llm':
      return positive(job.maxTokens ?? defaultTokens)
    case 'text-to-speech':
      return positive(job.characters) * unitsPerCharacter
  }
}

function positive(amount: bigint): bigint {
  if (amount > 0n) return amount
  throw new UsageError('JOB_AMOUNT_INVALID', 'a job has one at least of what it is paid for')
}
