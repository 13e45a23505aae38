import type { Axis, Quantity } from './figure.ts'

/** A round quantity of an axis, and its exact text. */
export interface Tick {
  readonly at: Quantity
  readonly text: string
}

/** From the least quantity of a picture to the greatest. */
export type Domain = readonly [low: Quantity, high: Quantity]

/** Round quantities within a domain, at most `most` of them, which are 2 or more. */
export function ticksOf(axis: Axis, [low, high]: Domain, most: number): Tick[] {
  const quantities =
    axis.values === 'bigint'
      ? wholeTicks(axis, toWhole(low), toWhole(high), most)
      : realTicks(axis, Number(low), Number(high), most)
  return quantities.map((at) => ({ at, text: inPowers(formatQuantity(axis, at)) }))
}

/** A round number of more digits than there is room for: `2e77`, which is as exact. */
function inPowers(text: string): string {
  const digits = text.replaceAll(',', '')
  const [, sign = '', first = '', rest = '', zeros = ''] = /^(-?)(\d)(\d*?)(0*)$/.exec(digits) ?? []
  if (digits.length < 16 || first === '' || rest.length > 5) return text
  return `${sign}${first}${rest === '' ? '' : `.${rest}`}e${rest.length + zeros.length}`
}

/** The domain with its upper end, and a lower one below zero, moved out to the next tick. */
export function roundOut(axis: Axis, [low, high]: Domain, most: number): Domain {
  if (axis.scale === 'log') return [low, high]
  if (axis.values === 'bigint') {
    const [from, to] = [toWhole(low), toWhole(high)]
    const step = wholeStep(
      (each) => ceilDivide(to, each) + ceilDivide(-from, each) < BigInt(most),
      axis.steps,
    )
    return [from < 0n ? -ceilDivide(-from, step) * step : from, ceilDivide(to, step) * step]
  }
  const [from, to] = [Number(low), Number(high)]
  const step = realStep(
    from,
    to,
    (size) => Math.ceil(to / size - slack) - Math.floor(from / size + slack) < most,
  )
  if (step === undefined) return [from, to]
  return [
    from < 0 ? multiply(Math.floor(from / step.size + slack), step) : from,
    multiply(Math.ceil(to / step.size - slack), step),
  ]
}

/** The text of a quantity. */
export function formatQuantity(axis: Axis, quantity: Quantity): string {
  return axis.values === 'bigint' ? axis.format(toWhole(quantity)) : axis.format(Number(quantity))
}

export function toWhole(quantity: Quantity): bigint {
  if (typeof quantity === 'bigint') return quantity
  return Number.isFinite(quantity) ? BigInt(Math.round(quantity)) : 0n
}

function wholeTicks(axis: Axis, low: bigint, high: bigint, most: number): bigint[] {
  if (axis.scale === 'log' && low > 0n) {
    const values = logDecimals(
      low.toString().length - 1,
      high.toString().length - 1,
      most,
      (digit, exponent) => {
        const value = BigInt(digit) * 10n ** BigInt(exponent)
        return value >= low && value <= high ? value : undefined
      },
    )
    if (values.length > 1) return values
  }
  const step = wholeStep((each) => (high - low) / each < BigInt(most), axis.steps)
  const [first, last] = [ceilDivide(low, step), -ceilDivide(-high, step)]
  return Array.from(
    { length: Math.max(0, Number(last - first) + 1) },
    (_, index) => (first + BigInt(index)) * step,
  )
}

/** The least round step that fits. */
function wholeStep(fits: (step: bigint) => boolean, steps: readonly bigint[] = []): bigint {
  const given = steps.find(fits)
  if (given !== undefined) return given
  for (let power = steps[0] ?? 1n; ; power *= 10n) {
    const step = [power, 2n * power, 5n * power].find(fits)
    if (step !== undefined) return step
  }
}

function ceilDivide(value: bigint, divisor: bigint): bigint {
  return value > 0n ? (value + divisor - 1n) / divisor : value / divisor
}

function realTicks(axis: Axis, low: number, high: number, most: number): number[] {
  if (axis.scale === 'log' && low > 0) {
    const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
    const values = logDecimals(first, last, most, (digit, exponent) => {
      const value = Number(`${digit}e${exponent}`)
      return value >= low && value <= high ? value : undefined
    })
    if (values.length > 1) return values
  }
  const step = realStep(low, high, (size) => (high - low) / size < most - slack)
  if (step === undefined) return [low]
  const [first, last] = [Math.ceil(low / step.size - slack), Math.floor(high / step.size + slack)]
  return Array.from({ length: last - first + 1 }, (_, index) => multiply(first + index, step))
}

interface Step {
  readonly digit: 1 | 2 | 5
  readonly exponent: number
  readonly size: number
}

/** Of a step: what a quotient of floats may be off. */
const slack = 1e-6

/** The same for floats; undefined where they are too near to each other to count steps. */
function realStep(low: number, high: number, fits: (size: number) => boolean): Step | undefined {
  const range = high - low
  if (!(range > 0 && range < Infinity) || Math.max(Math.abs(low), Math.abs(high)) / range > 1e9)
    return undefined
  for (let exponent = Math.floor(Math.log10(range)) - 2; ; exponent++) {
    for (const digit of [1, 2, 5] as const) {
      const size = Number(`${digit}e${exponent}`)
      if (fits(size)) return { digit, exponent, size }
    }
  }
}

/** The float of the decimal that is printed. */
function multiply(count: number, { digit, exponent }: Step): number {
  return Number(`${count * digit}e${exponent}`)
}

/** 1, 2 and 5 times the powers of ten or, where those are more than `most`, the powers alone. */
function logDecimals<Value>(
  first: number,
  last: number,
  most: number,
  valueOf: (digit: 1 | 2 | 5, exponent: number) => Value | undefined,
): Value[] {
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const decimals = (digits: readonly (1 | 2 | 5)[]) =>
    exponents
      .flatMap((exponent) => digits.map((digit) => valueOf(digit, exponent)))
      .filter((value) => value !== undefined)
  const all = decimals([1, 2, 5])
  return all.length <= most ? all : thin(decimals([1]), most)
}

/** Every nth, so that there are at most so many. */
function thin<Item>(items: readonly Item[], most: number): Item[] {
  const every = Math.ceil(items.length / most)
  return items.filter((_, index) => index % every === 0)
}
