/** Rounds an amount, which is not below zero, to so many digits that count. */
export function roundDigits(value: bigint, digits: number, rounding: 'up' | 'down' | 'nearest'): bigint {
  const unit = 10n ** BigInt(Math.max(0, value.toString().length - digits))
  const more = { up: unit - 1n, down: 0n, nearest: unit / 2n }[rounding]
  return ((value + more) / unit) * unit
}
