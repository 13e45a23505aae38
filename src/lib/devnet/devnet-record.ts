import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { devnet } from './network.ts'
import { isDevnetRules } from './rules.ts'
import type { DevnetRules } from './rules.ts'
import { isRunning } from '../files/process-identity.ts'
import type { ProcessIdentity } from '../files/process-identity.ts'

/** What is known of a devnet without asking its RPC. */
export interface DevnetProcess {
  readonly port: number
  readonly rpcUrl: string
  readonly chainId: number
  readonly rules: DevnetRules
  /** The process id of anvil. */
  readonly pid: number
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Holds everything the devnet has on disk. */
  readonly folder: string
  readonly logPath: string
}

/** The content of devnet.json. */
export interface DevnetRecord {
  readonly port: number
  /** Missing where a devnet was started before there was a choice. */
  readonly rules?: DevnetRules
  readonly startedAt: string
  /** The process that starts it; what there is to ask for as long as there is no anvil. */
  readonly starter: ProcessIdentity
  readonly anvil?: ProcessIdentity
}

export type RecordedState = 'none' | 'starting' | 'running' | 'dead'

export interface Recorded {
  readonly state: RecordedState
  readonly record?: DevnetRecord
}

export function folderOf(stateFolder: string, port: number): string {
  return join(stateFolder, String(port))
}

export function describeProcess(stateFolder: string, record: DevnetRecord): DevnetProcess {
  const folder = folderOf(stateFolder, record.port)
  return {
    port: record.port,
    rpcUrl: `http://127.0.0.1:${String(record.port)}`,
    chainId: devnet.chainId,
    rules: record.rules ?? '2022',
    pid: (record.anvil ?? record.starter).pid,
    startedAt: record.startedAt,
    folder,
    logPath: join(folder, 'anvil.log'),
  }
}

/** Looks up what is recorded for a port, and whether its processes still run. */
export async function lookUpDevnet(stateFolder: string, port: number): Promise<Recorded> {
  const names = await readdir(folderOf(stateFolder, port)).catch(() => undefined)
  if (names === undefined) return { state: 'none' }
  const record = readRecord(stateFolder, port)
  if (record === undefined) return { state: 'dead' }
  if (record.anvil !== undefined) return { state: isRunning(record.anvil) ? 'running' : 'dead', record }
  return { state: isRunning(record.starter) ? 'starting' : 'dead', record }
}

/** The ports for which something is recorded, in order. */
export async function recordedPorts(stateFolder: string): Promise<number[]> {
  const names = await readdir(stateFolder).catch(() => [])
  return names
    .filter((name) => /^\d{1,5}$/.test(name))
    .map(Number)
    .sort((one, other) => one - other)
}

/**
 * Takes the folder of a port, with its first record already inside, so that of two starts at once one fails.
 *
 * @returns whether it was free
 */
export async function claimFolder(stateFolder: string, record: DevnetRecord): Promise<boolean> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(join(stateFolder, '.new-'))
  try {
    await writeFile(join(draft, 'devnet.json'), JSON.stringify(record), { mode: 0o600 })
    await rename(draft, folderOf(stateFolder, record.port))
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(String(error.code))
    ) {
      return false
    }
    throw error
  }
}

export async function writeRecord(stateFolder: string, record: DevnetRecord): Promise<void> {
  const path = join(folderOf(stateFolder, record.port), 'devnet.json')
  await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Removes a devnet's folder, unless another devnet has taken it since. */
export async function removeFolder(
  stateFolder: string,
  port: number,
  record: DevnetRecord | undefined,
): Promise<void> {
  const now = readRecord(stateFolder, port)
  if (now !== undefined && now.startedAt !== record?.startedAt) return
  await rm(folderOf(stateFolder, port), { recursive: true, force: true, maxRetries: 3 })
}

function readRecord(stateFolder: string, port: number): DevnetRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(join(folderOf(stateFolder, port), 'devnet.json'), 'utf8'))
    return isRecord(record) && record.port === port ? record : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is DevnetRecord {
  if (typeof value !== 'object' || value === null) return false
  const { port, rules, startedAt, starter, anvil } = value as Partial<Record<keyof DevnetRecord, unknown>>
  const rulesFit = rules === undefined || isDevnetRules(rules)
  const factsFit = typeof port === 'number' && rulesFit && typeof startedAt === 'string'
  return factsFit && isIdentity(starter) && (anvil === undefined || isIdentity(anvil))
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false
  const { pid, started } = value as Partial<Record<keyof ProcessIdentity, unknown>>
  return Number.isSafeInteger(pid) && (pid as number) > 0 && typeof started === 'string' && started !== ''
}
