import { setTimeout as sleep } from 'node:timers/promises'

/** Less than a test may take, so that what did not come is named. */
const patienceMs = 45_000

/**
 * Asks again and again until the answer is neither undefined nor false, and gives it. It gives up in the end: a loop that
 * outlives its test would keep all tests from ending.
 */
export async function until<Found>(
  look: () => Found | false | undefined | Promise<Found | false | undefined>,
  everyMs = 5,
): Promise<Found> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`waited in vain until ${look.toString()}`)
    await sleep(everyMs)
  }
}
