/** log n! - log(sqrt(2πn) (n/e)^n) for n of 1 to 15. */
const stirlingErrors = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733, 0.00833056343336287,
  0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.005951370112758848, 0.005554733551962801,
]

/**
 * What Stirling's formula lacks of log n!, for whole n above zero, to the last bit or so; the series of Loader, "Fast and
 * accurate computation of binomial probabilities" (2000).
 */
export function stirlingError(n: number): number {
  const exact = stirlingErrors[n]
  if (exact !== undefined) return exact
  const square = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
}

/** y - log(1 + y) for y above -1, without the loss that writing it so has near zero. */
export function linearMinusLog(y: number): number {
  if (Math.abs(y) > 0.3) return y - Math.log1p(y)
  const v = y / (2 + y)
  const square = v * v
  let [power, sum] = [v * square, 0]
  for (let odd = 3; ; odd += 2) {
    const next = sum + power / odd
    if (next === sum) break
    sum = next
    power *= square
  }
  return y * v - 2 * sum
}

/** u - 1 + exp(-u) for u of zero or more, without the loss near zero. */
export function linearMinusDecay(u: number): number {
  if (u > 0.5) return u + Math.expm1(-u)
  let [term, sum] = [(u * u) / 2, 0]
  for (let order = 3; ; order++) {
    const next = sum + term
    if (next === sum) return sum
    sum = next
    term *= -u / order
  }
}

/**
 * count · log(count / mean) - count + mean: Loader's deviance, with the difference given, as subtracting rounded values
 * would lose it.
 *
 * @param excess count - mean
 */
export function deviance(count: number, mean: number, excess: number): number {
  const relative = excess / mean
  // mean · ((1 + e) log(1 + e) - e) = mean · (e · log(1 + e) - (e - log(1 + e)))
  if (Math.abs(relative) < 0.3) {
    return mean * (relative * Math.log1p(relative) - linearMinusLog(relative))
  }
  return count * Math.log(count / mean) - excess
}
