import { isQuiet } from './streams.ts'
import { err } from './style.ts'

export interface Progress {
  /** One more of the total is done. */
  tick(): void
  /** So much of the total is done; `words` are shown instead of the numbers. */
  reach(done: number, words: string): void
  end(): void
}

const width = 30
const pauseMs = 100

/** A bar on standard error; silent where standard error is not a terminal. Without a total there are only words. */
export function startProgress(what: string, total: number | undefined): Progress {
  if (!process.stderr.isTTY || isQuiet()) {
    return { tick: () => undefined, reach: () => undefined, end: () => undefined }
  }
  let done = 0
  let drawnAt = performance.now()
  let drawn = false
  const reach = (now: number, words: string) => {
    done = now
    if (performance.now() - drawnAt < pauseMs) return
    const filled = total === undefined ? 0 : Math.min(width, Math.round((done / (total || 1)) * width))
    const bar = total === undefined ? '' : `${err.cyan('█'.repeat(filled))}${'░'.repeat(width - filled)} `
    process.stderr.write(`\r\u001b[K${what} ${bar}${words}`)
    drawnAt = performance.now()
    drawn = true
  }
  return {
    tick: () => reach(done + 1, `${String(done + 1)} of ${String(total)}`),
    reach,
    end() {
      if (drawn) process.stderr.write('\r\u001b[K')
      drawn = false
    },
  }
}
