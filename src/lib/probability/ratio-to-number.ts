/** The double that is nearest to a fraction, or next to it; sizes of the two do not matter. */
export function ratioToNumber(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -ratioToNumber(-numerator, denominator)
  if (numerator === 0n) return 0
  // A quotient of 64 bits or more has all that a double holds.
  const shift = Math.max(0, 64 - (bitLength(numerator) - bitLength(denominator)))
  return scaleDown(Number((numerator << BigInt(shift)) / denominator), shift)
}

/** In steps, as 2^-shift alone may be too small for a double when the result is not. */
function scaleDown(value: number, shift: number): number {
  let [scaled, left] = [value, shift]
  while (left > 1000) {
    scaled *= 2 ** -1000
    left -= 1000
  }
  return scaled * 2 ** -left
}

function bitLength(value: bigint): number {
  const digits = value.toString(16)
  return digits.length * 4 - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28
}
