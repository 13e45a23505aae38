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
