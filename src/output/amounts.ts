import { formatWei } from '../lib/units/wei.ts'

/** `0.1 ETH`: exact, never rounded. */
export function eth(wei: bigint): string {
  return `${formatWei(wei)} ETH`
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
