/** Gauss and Legendre's rule of 16 points on -1 to 1, of which these are the upper half: where, and how much. */
const points = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.45801677765722737, 0.16915651939500254],
  [0.6178762444026438, 0.1495959888165767],
  [0.7554044083550031, 0.12462897125553388],
  [0.8656312023878318, 0.09515851168249279],
  [0.9445750230732326, 0.062253523938647894],
  [0.9894009349916499, 0.027152459411754096],
] as const
const panels = 10
/** exp(-42) is 6e-19. */
const negligible = 42

/**
 * The integral of exp(-exponent(u)) over u from 0 on, to about 14 digits, for an exponent that is 0 at 0, convex and
 * never falls. All terms are above zero, so nothing cancels, however small the tail that it measures.
 *
 * @param slope a bound of how fast the exponent rises, so that it is below `negligible` before negligible / slope
 */
export function integrateDecay(exponent: (u: number) => number, slope: number): number {
  let end = negligible / slope
  while (exponent(end) < negligible) end *= 2
  for (let step = 0, start = end / 2; step < 4; step++) {
    const middle = (start + end) / 2
    if (exponent(middle) < negligible) start = middle
    else end = middle
  }
  const half = end / panels / 2
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    const middle = (2 * panel + 1) * half
    for (const [offset, weight] of points) {
      sum +=
        weight * (Math.exp(-exponent(middle - offset * half)) + Math.exp(-exponent(middle + offset * half)))
    }
  }
  return sum * half
}
