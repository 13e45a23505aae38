import { isQuiet } from './streams.ts'
import { err } from './style.ts'

export interface Progress {
  tick(): void
  end(): void
}

const width = 30
const pauseMs = 100

/** A bar on standard error; silent where standard error is not a terminal. */
export function startProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY || isQuiet()) return { tick: () => undefined, end: () => undefined }
  let done = 0
  let drawnAt = performance.now()
  let drawn = false
  return {
    tick() {
      done++
      if (performance.now() - drawnAt < pauseMs) return
      const filled = Math.round((done / total) * width)
      const bar = err.cyan('█'.repeat(filled)) + '░'.repeat(width - filled)
      process.stderr.write(`\r\u001b[K${what} ${bar} ${String(done)} of ${String(total)}`)
      drawnAt = performance.now()
      drawn = true
    },
    end() {
      if (drawn) process.stderr.write('\r\u001b[K')
    },
  }
}
