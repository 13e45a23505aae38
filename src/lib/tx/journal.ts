import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Address } from 'viem'

import { ensurePrivateFolder } from '../files/private-files.ts'
import { writeFileAtomic } from '../files/write-file-atomic.ts'
import { decodeEntry, encodeEntry, isClosed } from './journal-entry.ts'
import type { JournalEntry } from './journal-entry.ts'

/** What was sent, on disk before it was sent. Entries that still need care are apart from the history. */
export interface Journal {
  /** Durable when it resolves. */
  write(entry: JournalEntry): Promise<void>
  /** Entries of one account on one chain that are not closed, by nonce. */
  open(chainKey: string, from: Address): Promise<JournalEntry[]>
  /** Every entry, newest first. */
  all(): Promise<JournalEntry[]>
}

type Shelf = 'open' | 'closed'

export function openJournal(dataFolder: string): Journal {
  const root = join(dataFolder, 'journal')

  async function list(shelf: Shelf, chainKey: string, account: string): Promise<JournalEntry[]> {
    const folder = join(root, chainKey, account, shelf)
    const names = (await readFolder(folder)).filter((name) => name.endsWith('.json')).sort()
    const entries = await Promise.all(names.map((name) => readEntry(join(folder, name))))
    return entries.filter((entry) => entry !== undefined)
  }

  return {
    async write(entry) {
      const account = join(root, entry.chainKey, entry.from.toLowerCase())
      const [to, from]: [Shelf, Shelf] = isClosed(entry) ? ['closed', 'open'] : ['open', 'closed']
      await ensurePrivateFolder(join(account, to))
      await writeFileAtomic(join(account, to, fileName(entry)), encodeEntry(entry))
      await rm(join(account, from, fileName(entry)), { force: true })
    },

    async open(chainKey, from) {
      return list('open', chainKey, from.toLowerCase())
    },

    async all() {
      const entries: JournalEntry[] = []
      for (const chainKey of await readFolder(root)) {
        for (const account of await readFolder(join(root, chainKey))) {
          for (const shelf of ['open', 'closed'] as const)
            entries.push(...(await list(shelf, chainKey, account)))
        }
      }
      return entries.sort((a, b) => (a.attempts[0].signedAt < b.attempts[0].signedAt ? 1 : -1))
    },
  }
}

function fileName(entry: JournalEntry): string {
  return `${String(entry.nonce).padStart(12, '0')}-${entry.attempts[0].hash.slice(2, 18)}.json`
}

/** Undefined when another process has put it on the other shelf since the folder was read. */
async function readEntry(file: string): Promise<JournalEntry | undefined> {
  const text = await ifThere(readFile(file, 'utf8'))
  return text === undefined ? undefined : decodeEntry(text, file)
}

async function readFolder(folder: string): Promise<string[]> {
  return (await ifThere(readdir(folder))) ?? []
}

async function ifThere<Contents>(reading: Promise<Contents>): Promise<Contents | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
