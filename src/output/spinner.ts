import { isQuiet } from './streams.ts'
import { err } from './style.ts'

export interface Spinner {
  readonly say: (words: string) => void
  readonly clear: () => void
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const delayMs = 400

/** A line on standard error that turns while something lasts; silent where standard error is not a terminal. */
export function startSpinner(): Spinner {
  if (!process.stderr.isTTY || isQuiet()) return { say: () => undefined, clear: () => undefined }
  let timer: NodeJS.Timeout | undefined
  let shown = false
  let text = ''
  let frame = 0
  return {
    say(words) {
      text = words
      // What is over in a moment needs no line.
      timer ??= setInterval(() => {
        process.stderr.write(`\r\u001b[K${err.cyan(frames[frame++ % frames.length] ?? '')} ${text}`)
        shown = true
      }, delayMs / 4).unref()
    },
    clear() {
      clearInterval(timer)
      timer = undefined
      if (shown) process.stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
