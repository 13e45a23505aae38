import { formatWei, weiPer } from '../../lib/units/wei.ts'
import type { EtherUnit } from '../../lib/units/wei.ts'
import { count } from '../amounts.ts'
import type { RealAxis, WholeAxis } from './figure.ts'

/** Digits of the greatest amount, or of the range where that is narrow, that are shown. */
const shownDigits = 5

/**
 * Of amounts in wei, in the unit that suits them. Ticks are exact; amounts between are rounded to the nearest of so many
 * digits that the picture could not show more.
 */
export function amountAxis(label: string, amountsWei: readonly bigint[]): WholeAxis {
  const sizes = amountsWei.map((wei) => (wei < 0n ? -wei : wei))
  const greatest = sizes.reduce((most, wei) => (wei > most ? wei : most), 0n)
  const unit: EtherUnit = greatest >= 10n ** 14n ? 'eth' : greatest >= 10n ** 5n ? 'gwei' : 'wei'
  const least = amountsWei.reduce((lowest, wei) => (wei < lowest ? wei : lowest), amountsWei[0] ?? 0n)
  const most = amountsWei.reduce((highest, wei) => (wei > highest ? wei : highest), amountsWei[0] ?? 0n)
  const range = most > least ? most - least : greatest
  const places = Math.max(0, range.toString().length - shownDigits)
  return {
    values: 'bigint',
    label,
    unit: unit === 'eth' ? 'ETH' : unit,
    format: (wei) => group(formatWei(roundTo(wei, bounded(10n ** BigInt(places), weiPer[unit])), unit)),
  }
}

/** No coarser than the unit itself. */
function bounded(step: bigint, unit: bigint): bigint {
  return step < unit ? step : unit
}

/** To the nearest multiple, halves away from zero. */
function roundTo(value: bigint, step: bigint): bigint {
  const size = value < 0n ? -value : value
  const rounded = ((size + step / 2n) / step) * step
  return value < 0n ? -rounded : rounded
}

function group(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  return fraction === undefined ? count(BigInt(whole)) : `${groupSigned(whole)}.${fraction}`
}

/** Also of `-0`, which is in front of a fraction. */
function groupSigned(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',')
}

const day = 24n
const year = 8766n

/** Of hours, in the unit in which their number is small. */
export function hoursAxis(label: string, horizon: bigint): WholeAxis {
  const [unit, hours, steps] =
    horizon <= 3n * day
      ? (['hours', 1n, [1n, 2n, 3n, 6n, 12n, 24n]] as const)
      : horizon <= 3n * year
        ? (['days', day, [1n, 2n, 5n, 10n, 20n, 30n, 50n, 100n, 200n].map((days) => days * day)] as const)
        : (['years', year, [1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n].map((years) => years * year)] as const)
  return { values: 'bigint', label, unit, steps, format: (value) => inTenths(value, hours) }
}

/** A quotient to the nearest tenth. */
function inTenths(value: bigint, divisor: bigint): string {
  const tenths = (value * 20n + divisor) / (2n * divisor)
  return tenths % 10n === 0n ? count(tenths / 10n) : `${count(tenths / 10n)}.${String(tenths % 10n)}`
}

/** Of shares and probabilities, of 1. */
export function percentAxis(label: string): RealAxis {
  return { values: 'number', label, unit: '%', format: (share) => decimal(share * 100) }
}

/** Of whole numbers of things. */
export function countAxis(label: string): WholeAxis {
  return { values: 'bigint', label, format: count }
}

/** Of what has neither unit nor an exact value. */
export function realAxis(label: string, unit?: string): RealAxis {
  return { values: 'number', label, ...(unit === undefined ? {} : { unit }), format: decimal }
}

/** Four digits; powers of ten only where digits would be many. */
function decimal(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? '0' : '-'
  const size = Math.abs(value)
  if (size < 1e-6 || size >= 1e15)
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
  const text = String(Number(value.toPrecision(4)))
  const [whole = '', fraction] = text.split('.')
  return fraction === undefined ? groupSigned(whole) : `${groupSigned(whole)}.${fraction}`
}
