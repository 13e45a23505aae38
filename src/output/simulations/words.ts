import { formatDuration } from '../../lib/units/duration.ts'
import { roundDigits } from '../../lib/pm/round-digits.ts'
import { eth, gwei, percent } from '../amounts.ts'

const digitsShown = 4

/** An amount that is left to chance, to four digits: `0.01855 ETH`. */
export function aboutEth(wei: bigint): string {
  const rounded = roundDigits(wei < 0n ? -wei : wei, digitsShown, 'nearest')
  const value = wei < 0n ? -rounded : rounded
  return value !== 0n && value < 10n ** 12n && value > -(10n ** 12n) ? gwei(value) : eth(value)
}

/** Bounds of an amount: one where they read alike. */
export function aboutEthRange({ low, high }: { readonly low: bigint; readonly high: bigint }): string {
  const [from, to] = [aboutEth(low), aboutEth(high)]
  return from === to ? from : `${from} to ${to}`
}

/** `0.094 %`, and `3.2e-9` for what is hardly possible. */
export function chance(probability: number): string {
  if (probability <= 0) return '0 %'
  if (probability < 1e-12) return '< 1e-12'
  if (probability < 1e-6) return probability.toExponential(1)
  if (probability > 0.9999 && probability < 1) return 'over 99.99 %'
  return `${String(Number((probability * 100).toPrecision(3)))} %`
}

export function chanceRange({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [chance(low), chance(high)]
  return from === to ? from : `${from} to ${to}`
}

/** `22 h`, `3 d 4 h`, `12 years`. */
export function hoursText(hours: bigint | number | null): string {
  if (hours === null) return 'more than 1,000 years'
  const value = Number(hours)
  if (value >= 2 * 8766) return `${String(Math.round(value / 8766))} years`
  return formatDuration(value * 3600)
}

export function hoursRange({
  low,
  high,
}: {
  readonly low: bigint | number | null
  readonly high: bigint | number | null
}): string {
  const [from, to] = [hoursText(low), hoursText(high)]
  return from === to ? from : `${from} to ${to}`
}

/** A number of winners or tickets, to four digits. */
export function about(value: number): string {
  const rounded = Number(value.toPrecision(digitsShown))
  return rounded >= 1e15 || (rounded > 0 && rounded < 1e-4)
    ? rounded.toExponential()
    : rounded.toLocaleString('en-US', { maximumFractionDigits: 7 })
}

/** `1 in 150,000` of a number that may not be whole. */
export function oneInAbout(value: number): string {
  return `1 in ${about(value)}`
}

/** A part of a whole, as `1.25 %`. */
export function share(part: number): string {
  return Number.isFinite(part) ? chance(part) : 'all of it'
}

export function overhead(basisPoints: bigint | null): string {
  return basisPoints === null ? '-' : percent(basisPoints)
}

/** An amount that is sure to be enough: up to six digits, where it has more. */
export function enough(wei: bigint): bigint {
  return roundDigits(wei, 6, 'up')
}
