import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the system's own notation; only good for comparing. */
  readonly started: string
}

/** The identity of a running process; undefined when there is none (one that has ended but was not reaped is none). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const started = startOf(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether this very process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.started === started
}

function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return startedOnLinux(pid)
  return process.platform === 'win32' ? startedUnknown(pid) : startedByPs(pid)
}

/** Where the start cannot be had cheaply, the number alone must do. */
function startedUnknown(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
    return 'unknown'
  } catch {
    return undefined
  }
}

function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // The program's name comes first, in brackets, and may hold blanks and brackets itself.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // One that was killed is a zombie while its other threads still hold its files and its port.
    const threads = Number(fields[16])
    if ('ZX'.includes(state) && threads <= 1) return undefined
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${bootId} ${fields[18] ?? ''}`
  } catch {
    return undefined
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const [state = '', ...start] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/)
    return state === '' || state.startsWith('Z') ? undefined : start.join(' ')
  } catch {
    return undefined
  }
}
