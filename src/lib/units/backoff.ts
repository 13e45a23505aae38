const firstBackoffMs = 1000
const longestBackoffMs = 5 * 60_000

/** How long to wait after a number of failures in a row: twice as long each time, and never in step with others. */
export function untilNextTry(failures: number, random = Math.random()): number {
  const wholeMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(failures - 1, 20))
  return wholeMs / 2 + (wholeMs / 2) * random
}
