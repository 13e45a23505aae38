import { link, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'

import { LockHeldError } from '../errors.ts'
import { ensurePrivateFolder } from '../files/private-files.ts'
import { identifyProcess, isRunning } from '../files/process-identity.ts'
import type { ProcessIdentity } from '../files/process-identity.ts'

interface Holder extends ProcessIdentity {
  readonly host: string
  readonly doing: string
  readonly since: string
  released?: boolean
}

export interface AccountLock {
  release(): Promise<void>
}

/**
 * One sender an account and chain at a time.
 *
 * A lock is a row of numbered files; who made the highest one holds it. A file is made by link(2), which fails if the
 * name is taken, so that of several who find a dead holder one wins. A late reader may make a number below the highest:
 * it looks again afterwards and withdraws. Files are removed only by the holder of a higher one.
 *
 * @throws {LockHeldError} ACCOUNT_LOCKED
 */
export async function lockAccount(
  dataFolder: string,
  chainKey: string,
  account: Address,
  doing: string,
): Promise<AccountLock> {
  const folder = join(dataFolder, 'locks', chainKey, account.toLowerCase())
  await ensurePrivateFolder(folder)
  const holder: Holder = {
    ...(identifyProcess(process.pid) ?? { pid: process.pid, started: 'unknown' }),
    host: hostname(),
    doing,
    since: new Date().toISOString(),
  }
  const own = join(folder, `.${String(process.pid)}-${Math.random().toString(36).slice(2)}`)
  await writeFile(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx' })
  try {
    for (;;) {
      const highest = await highestNumber(folder)
      if (highest > 0) await refuseIfHeld(join(folder, String(highest)), account)
      const file = join(folder, String(highest + 1))
      if (!(await made(own, file))) continue
      if ((await highestNumber(folder)) > highest + 1) {
        await rm(file, { force: true })
        continue
      }
      await removeBelow(folder, highest + 1)
      return {
        release: () => writeFile(file, JSON.stringify({ ...holder, released: true }), { mode: 0o600 }),
      }
    }
  } finally {
    await rm(own, { force: true })
  }
}

async function refuseIfHeld(file: string, account: Address): Promise<void> {
  const holder = await readHolder(file)
  if (holder === undefined || holder.released === true) return
  const here = holder.host === hostname()
  if (here && !isRunning(holder)) return
  throw new LockHeldError(
    'ACCOUNT_LOCKED',
    `process ${String(holder.pid)}${here ? '' : ` on ${holder.host}`} is sending from ${account} (${holder.doing}, since ${holder.since})`,
    {
      details: { pid: holder.pid, host: holder.host, doing: holder.doing, since: holder.since },
      nextSteps: [here ? 'wait until it has ended, then repeat' : `if that host is gone, remove ${file}`],
    },
  )
}

/** Undefined when the file went away or its writer died while releasing it. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

async function highestNumber(folder: string): Promise<number> {
  return Math.max(0, ...(await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number))
}

async function made(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function removeBelow(folder: string, number: number): Promise<void> {
  const older = (await readdir(folder)).filter((name) => /^\d+$/.test(name) && Number(name) < number)
  await Promise.all(older.map((name) => rm(join(folder, name), { force: true })))
}
