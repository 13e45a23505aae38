import { hostname } from 'node:os'

import { identifyProcess, isRunning } from '../files/process-identity.ts'
import type { ProcessIdentity } from '../files/process-identity.ts'

/**
 * Names this process in a store that others share, so that they can tell whether it still runs:
 * `host/process/when it started`.
 */
export function thisRedeemer(): string {
  const { pid, started } = identifyProcess(process.pid) ?? { pid: process.pid, started: 'unknown' }
  return [hostname(), String(pid), started].join('/')
}

/** Whether a redeemer of this machine has certainly ended. Of another machine nothing is known. */
export function hasEnded(holder: string): boolean {
  const { host, process: identity } = parseHolder(holder)
  return identity !== undefined && host === hostname() && !isRunning(identity)
}

/** `process 4711 on worker-1` */
export function describeRedeemer(holder: string): string {
  const { host, process: identity } = parseHolder(holder)
  return identity === undefined ? holder : `process ${String(identity.pid)} on ${host}`
}

function parseHolder(holder: string): { host: string; process: ProcessIdentity | undefined } {
  const [, host = holder, pid, started] = /^(.+?)\/(\d+)\/(.*)$/s.exec(holder) ?? []
  if (pid === undefined || started === undefined) return { host, process: undefined }
  return { host, process: { pid: Number(pid), started } }
}
