import { UsageError, quoted } from '../errors.ts'
import { multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** A picture, or a stream of them when it has frames. */
export interface Shape {
  readonly width: bigint
  readonly height: bigint
  /** frames a second */
  readonly fps?: Rational
}

/** 16:9, as in go-livepeer's profiles. */
const widthOf: Readonly<Record<string, bigint>> = {
  144: 256n,
  240: 426n,
  360: 640n,
  480: 854n,
  576: 1024n,
  720: 1280n,
  1080: 1920n,
  1440: 2560n,
  2160: 3840n,
}

/**
 * Reads `720p30`, `1080p`, `1280x720@29.97` or `1024x1024`.
 *
 * @throws {UsageError} SHAPE_INVALID
 */
export function parseShape(text: string): Shape {
  const trimmed = text.trim().toLowerCase()
  const [, lines = '', namedFps] = /^(\d{3,4})p(\d{1,3}(?:\.\d{1,6})?)?$/.exec(trimmed) ?? []
  const [, width, height, fps] = /^(\d{1,5})x(\d{1,5})(?:@(\d{1,3}(?:\.\d{1,6})?))?$/.exec(trimmed) ?? []
  const shape = {
    width: width === undefined ? widthOf[lines] : BigInt(width),
    height: BigInt(height ?? (lines === '' ? 0 : lines)),
    ...readFps(namedFps ?? fps),
  }
  if (shape.width === undefined || shape.width === 0n || shape.height === 0n || shape.fps?.numerator === 0n) {
    throw new UsageError('SHAPE_INVALID', `${quoted(text)} is not a picture or a stream`, {
      nextSteps: ['write 720p30, 1080p60, 1280x720@29.97, or 1024x1024 for an image'],
    })
  }
  return { ...shape, width: shape.width }
}

/** Pixels of one picture. */
export function pixelsOf({ width, height }: Shape): bigint {
  return width * height
}

/** Pixels a second of a stream; undefined for a single picture. */
export function pixelsPerSecond(shape: Shape): Rational | undefined {
  return shape.fps === undefined ? undefined : multiplyRational(rational(pixelsOf(shape)), shape.fps)
}

function readFps(text: string | undefined): { fps?: Rational } {
  if (text === undefined) return {}
  const [whole = '', decimals = ''] = text.split('.')
  return { fps: rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length)) }
}
