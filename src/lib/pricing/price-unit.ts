import { UsageError, quoted } from '../errors.ts'
import { rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'

/** What a price can be for. A millisecond is a thousandth of a second, a megapixel a million pixels. */
export type Quantity = 'pixel' | 'second' | 'image' | 'token' | 'character' | 'request'

/** What one price buys: so many of a quantity. */
export interface PriceUnit {
  readonly quantity: Quantity
  /** more than zero */
  readonly count: Rational
}

const names = new Map(
  Object.entries<readonly [Quantity, bigint, bigint?]>({
    pixel: ['pixel', 1n],
    px: ['pixel', 1n],
    megapixel: ['pixel', 10n ** 6n],
    mpx: ['pixel', 10n ** 6n],
    ms: ['second', 1n, 1000n],
    millisecond: ['second', 1n, 1000n],
    s: ['second', 1n],
    second: ['second', 1n],
    min: ['second', 60n],
    minute: ['second', 60n],
    h: ['second', 3600n],
    hour: ['second', 3600n],
    day: ['second', 86_400n],
    image: ['image', 1n],
    token: ['token', 1n],
    character: ['character', 1n],
    char: ['character', 1n],
    request: ['request', 1n],
  }),
)

const maxExponent = 30
const maxCount = 10n ** 30n

/**
 * Reads what a price is for: `pixel`, `1e12pixels`, `1000000 pixels`, `hour`, `ms`, `image`, `1e6tokens`, `request`.
 *
 * @throws {UsageError} PRICE_UNIT_INVALID
 */
export function parsePriceUnit(text: string): PriceUnit {
  const [, whole, exponent, word = ''] = /^(\d{1,30})?(?:e(\d{1,2}))?\s*([a-z]+)$/i.exec(text.trim()) ?? []
  const name = word.toLowerCase()
  const unit = names.get(name) ?? names.get(name.replace(/s$/, ''))
  const power = Number(exponent ?? 0)
  if (unit === undefined || (whole === undefined && exponent !== undefined) || power > maxExponent) {
    throw invalid(text)
  }
  const [quantity, numerator, denominator] = unit
  const count = BigInt(whole ?? 1) * 10n ** BigInt(power)
  if (count === 0n || count * numerator > maxCount) throw invalid(text)
  return { quantity, count: rational(count * numerator, denominator) }
}

/** The shortest name of a unit: `pixel`, `1e12pixels`, `hour`, `90seconds`; `parsePriceUnit` reads it back. */
export function formatPriceUnit({ quantity, count }: PriceUnit): string {
  const { numerator, denominator } = count
  if (quantity === 'second') {
    if (denominator === 1000n && numerator === 1n) return 'ms'
    if (denominator === 1n && numerator % 86_400n === 0n) return withCount(numerator / 86_400n, 'day')
    if (denominator === 1n && numerator % 3600n === 0n) return withCount(numerator / 3600n, 'hour')
    if (denominator === 1n && numerator % 60n === 0n) return withCount(numerator / 60n, 'minute')
    if (denominator !== 1n) return withCount((numerator * 1000n) / denominator, 'millisecond')
  }
  return withCount(numerator, quantity)
}

function withCount(count: bigint, name: string): string {
  if (count === 1n) return name
  const [, digits = '', zeros = ''] = /^(\d*?)(0*)$/.exec(count.toString()) ?? []
  return zeros.length < 3 ? `${count.toString()}${name}s` : `${digits}e${String(zeros.length)}${name}s`
}

function invalid(text: string): UsageError {
  return new UsageError('PRICE_UNIT_INVALID', `${quoted(text)} is not what a price can be for`, {
    nextSteps: [
      'write pixel, 1e6pixels, 1e12pixels, second, minute, hour, ms, image, token, 1e6tokens, character or request',
    ],
  })
}
