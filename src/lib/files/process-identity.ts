import { readFile } from 'node:fs/promises'

/**
 * A text that no other process with this number has had since the machine started. On Linux the boot id and the start
 * time; elsewhere empty, and a number alone must do.
 */
export async function processIdentity(pid: number): Promise<string> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${String(pid)}/stat`, 'utf8'),
    ])
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    return `${boot.trim()}-${startTime}`
  } catch {
    return ''
  }
}

/** Whether the process that had this number and identity still runs. */
export async function processIsAlive(pid: number, identity: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = await processIdentity(pid)
  return identity === '' || now === '' || now === identity
}
