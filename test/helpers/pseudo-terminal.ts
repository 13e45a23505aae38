import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { mortal } from './mortal.ts'

const program = join(import.meta.dirname, '..', '..', 'bin', 'run.cjs')

export interface TerminalOptions {
  /** Added to an environment that holds nothing of this one but the PATH. */
  readonly env: Readonly<Record<string, string>>
  /** A file that standard output goes to, instead of the terminal. */
  readonly stdoutFile?: string
  /** 100 when absent. */
  readonly columns?: number
}

/** A program that runs in a terminal of its own. */
export interface Terminal {
  /** All that was ever shown, without escape sequences. */
  readonly screen: string
  /** Waits until a text has been shown after the one that was last waited for. */
  waitFor(text: string): Promise<void>
  /** Types. */
  send(typed: string): void
  /** Waits for questions, and types an answer to each. */
  answer(...steps: readonly Step[]): Promise<void>
  /** Sends a signal to the program, as another process would. */
  signal(name: 'SIGINT' | 'SIGTERM'): void
  /** Waits for the program's end. */
  exitCode(): Promise<number>
  /** Hangs up. */
  close(): void
}

/** A text to wait for, and what to type then. */
export type Step = readonly [question: string, answer: string]

export const keys = {
  enter: '\r',
  down: '\u001b[B',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  clearLine: '\u0015',
} as const

const patienceMs = 15_000

/** Node has no pseudo-terminals without a native package, Python has them everywhere. */
const bridge = `
import fcntl, os, pty, select, signal, struct, sys, termios
columns, stdout, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
    if stdout:
        os.dup2(os.open(stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    os.execvp(command[0], command)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, _: os.kill(pid, number))
sources = [terminal, 0]
while True:
    ready = select.select(sources, [], [])[0]
    if 0 in ready:
        typed = os.read(0, 4096)
        if not typed:
            break
        os.write(terminal, typed)
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            break
        if not shown:
            break
        os.write(1, shown)
os.close(terminal)
status = os.waitpid(pid, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`

/** Runs the program that the build has left in a pseudo-terminal. The caller closes it, at the latest in a hook. */
export function openTerminal(args: readonly string[], options: TerminalOptions): Terminal {
  const { env, stdoutFile = '', columns = 100 } = options
  const child = mortal(
    spawn('python3', ['-c', bridge, String(columns), stdoutFile, process.execPath, program, ...args], {
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  let shown = ''
  let seen = 0
  const watchers = new Set<() => void>()
  const notify = () => {
    for (const watcher of watchers) watcher()
  }
  const screen = () => stripVTControlCharacters(shown).replaceAll('\r', '')
  let ended: number | undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    notify()
  })
  child.stdin.on('error', () => undefined)
  child.on('close', (code) => {
    ended = code ?? -1
    notify()
  })

  const until = <Found>(look: () => Found | undefined, what: string): Promise<Found> =>
    new Promise((resolve, reject) => {
      const fail = (why: string) => {
        finish()
        reject(new Error(`${what} ${why}; the screen shows:\n${screen()}`))
      }
      const timer = setTimeout(() => fail('took too long'), patienceMs)
      const finish = () => {
        clearTimeout(timer)
        watchers.delete(watch)
      }
      const watch = () => {
        const found = look()
        if (found !== undefined) {
          finish()
          resolve(found)
        } else if (ended !== undefined) fail('did not come before the end')
      }
      watchers.add(watch)
      watch()
    })

  const terminal: Terminal = {
    get screen() {
      return screen()
    },
    async waitFor(text) {
      seen = await until(() => {
        const at = screen().indexOf(text, seen)
        return at === -1 ? undefined : at + text.length
      }, `"${text}"`)
    },
    send: (typed) => void child.stdin.write(typed),
    async answer(...steps) {
      for (const [question, typed] of steps) {
        await terminal.waitFor(question)
        terminal.send(typed)
      }
    },
    signal: (name) => void child.kill(name),
    exitCode: () => until(() => ended, 'the end'),
    close: () => {
      if (ended === undefined) child.stdin.end()
    },
  }
  return terminal
}
