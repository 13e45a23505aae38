import type { ChildProcess } from 'node:child_process'

/** Longer than any test, but for those that say how long their programs may take. */
const longestLifeMs = 180_000

/**
 * Kills a program that a test has started, and that outlives it or the tests: what waits for it, or for the end of the
 * pipes that it has inherited, would wait for ever.
 */
export function mortal<Child extends ChildProcess>(child: Child, lifeMs = longestLifeMs): Child {
  const kill = () => void child.kill('SIGKILL')
  const timer = setTimeout(kill, lifeMs).unref()
  process.once('exit', kill)
  child.once('exit', () => {
    clearTimeout(timer)
    process.off('exit', kill)
  })
  return child
}

/** For programs that are run while nothing else can happen, not even a test's timeout. */
export const bounded = { timeout: 60_000, killSignal: 'SIGKILL' } as const
