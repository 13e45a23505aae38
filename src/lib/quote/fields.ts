import { UsageError, quoted } from '../errors.ts'
import { parseModel } from '../pricefile/values.ts'
import { parsePrice } from '../pricing/price.ts'
import { parseShape } from '../pricing/shape.ts'
import type { Shape } from '../pricing/shape.ts'
import { parseDuration } from '../units/duration.ts'
import { parseGasPrice } from '../units/gas-price.ts'
import { parseWei } from '../units/wei.ts'

/**
 * What a quote can be asked with, and how each is read: by the same names these are the flags of `lp-pay price quote` and
 * the keys of its lines of JSON. All throw {@link UsageError}.
 */
export const quoteFields = {
  model: parseModel,
  out: parseRenditions,
  shape: parsePicture,
  images: parseCount,
  tokens: parseCount,
  characters: parseCount,
  bytes: parseCount,
  requests: parseCount,
  duration: parseSeconds,
  segment: parseSeconds,
  interval: parseSeconds,
  concurrency: parseCount,
  price: parsePrice,
  'ticket-ev': (text: string) => parseWei(text),
  'face-value': (text: string) => parseWei(text),
  'gas-price': parseGasPrice,
  reserve: (text: string) => parseWei(text, { allowZero: true }),
}

export type QuoteField = keyof typeof quoteFields

/** The fields of which a job is made. */
export type JobField = Exclude<
  QuoteField,
  'model' | 'concurrency' | 'price' | 'ticket-ev' | 'face-value' | 'gas-price' | 'reserve'
>

/** What was said, read. */
export type QuoteFields = {
  readonly [Field in QuoteField]?: ReturnType<(typeof quoteFields)[Field]> | undefined
}

const mostRenditions = 50

/** @throws {UsageError} COUNT_INVALID */
function parseCount(text: string): bigint {
  const count = /^\d{1,9}$/.test(text.trim()) ? BigInt(text.trim()) : 0n
  if (count > 0n) return count
  throw new UsageError('COUNT_INVALID', `${quoted(text)} is not a number of things`, {
    nextSteps: ['write a whole number from 1 to 999999999'],
  })
}

function parseSeconds(text: string): bigint {
  return BigInt(parseDuration(text))
}

/** @throws {UsageError} SHAPE_INVALID */
function parsePicture(text: string): Shape {
  const shape = parseShape(text)
  if (shape.fps === undefined) return shape
  throw new UsageError('SHAPE_INVALID', 'an image has no frames a second', { nextSteps: ['write 1024x1024'] })
}

/** @throws {UsageError} SHAPE_INVALID, RENDITIONS_TOO_MANY */
function parseRenditions(text: string): readonly Shape[] {
  const shapes = text.split(',', mostRenditions + 1).map(parseShape)
  if (shapes.length > mostRenditions) {
    throw new UsageError('RENDITIONS_TOO_MANY', `a ladder has at most ${String(mostRenditions)} renditions`)
  }
  if (shapes.every(({ fps }) => fps !== undefined)) return shapes
  throw new UsageError('SHAPE_INVALID', 'how many frames a second a rendition has is not said', {
    nextSteps: ['write 720p30, or the frames of its source when it keeps them'],
  })
}
