import { UsageError, quoted } from '../errors.ts'

/** An exact part of a whole. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export interface ParseFractionOptions {
  readonly allowZero?: boolean
}

/**
 * Reads a part of a whole as it was written, `50%`, `0.5` or `1/2`, exactly: more than nothing, at most all.
 *
 * @throws {UsageError} FRACTION_INVALID
 */
export function parseFraction(text: string, options: ParseFractionOptions = {}): Fraction {
  const fraction = read(text.trim())
  const { numerator, denominator } = fraction ?? { numerator: 0n, denominator: 0n }
  const isEnough = numerator > 0n || (options.allowZero === true && denominator > 0n)
  if (isEnough && numerator <= denominator) return { numerator, denominator }
  throw new UsageError('FRACTION_INVALID', `${quoted(text)} is not a part of a whole`, {
    nextSteps: ['write parts like 50%, 0.5 or 1/2: more than zero, at most 100%'],
  })
}

function read(text: string): Fraction | undefined {
  const [, numerator, denominator] = /^(\d{1,30})\s*\/\s*(\d{1,30})$/.exec(text) ?? []
  if (numerator !== undefined && denominator !== undefined) {
    return { numerator: BigInt(numerator), denominator: BigInt(denominator) }
  }
  const [, whole, decimals = '', percent] = /^(\d{1,3})(?:\.(\d{1,30}))?\s*(%)?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const scale = 10n ** BigInt(decimals.length)
  return { numerator: BigInt(whole + decimals), denominator: percent === undefined ? scale : scale * 100n }
}
