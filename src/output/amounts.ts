import { maxWinProb } from '../lib/pm/win-prob.ts'
import { formatWei } from '../lib/units/wei.ts'

/** `0.1 ETH`: exact, never rounded. */
export function eth(wei: bigint): string {
  return `${formatWei(wei)} ETH`
}

/** Amounts of a fraction of a millionth of an ETH, as ticket EVs are, read better in gwei. */
export function ethOrGwei(wei: bigint): string {
  return wei > 0n && wei < 10n ** 12n ? gwei(wei) : eth(wei)
}

/** `0.02 gwei` */
export function gwei(wei: bigint): string {
  return `${formatWei(wei, 'gwei')} gwei`
}

/** Whole numbers in groups of three: `107,900`. */
export function count(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 ticket`, `1,200 tickets` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `74.5 %` from basis points. */
export function percent(basisPoints: bigint): string {
  const sign = basisPoints < 0n ? '-' : ''
  const digits = (basisPoints < 0n ? -basisPoints : basisPoints).toString().padStart(3, '0')
  const fraction = digits.slice(-2).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`} %`
}

/** A win probability, of 2^256 - 1, in words: `1 in 1,500`, rounded to the nearest. */
export function oneIn(winProb: bigint): string {
  if (winProb <= 0n) return 'never'
  const tenths = (maxWinProb * 10n + winProb / 2n) / winProb
  if (tenths >= 10n ** 16n) return `1 in about 10^${String(tenths.toString().length - 2)}`
  const fraction = tenths < 1000n && tenths % 10n !== 0n ? `.${String(tenths % 10n)}` : ''
  const whole = fraction === '' ? (maxWinProb + winProb / 2n) / winProb : tenths / 10n
  return `1 in ${count(whole)}${fraction}`
}
