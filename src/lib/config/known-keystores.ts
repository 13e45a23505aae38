import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import { listAccounts } from '../account/keystore-folder.ts'
import type { Account } from '../account/keystore-folder.ts'
import { LpPayError } from '../errors.ts'

/** A folder of keystores, and what can be used in it. */
export interface KeystoreFolder {
  readonly folder: string
  readonly accounts: readonly Account[]
  /** Why the folder cannot be used; null when it can. */
  readonly problem: LpPayError | null
}

/** Where keystores of a network usually are: go-livepeer's folder for it, and geth's. */
export function usualKeystoreFolders(networkName: string): string[] {
  return [join(homedir(), '.lpData', networkName, 'keystore'), join(homedir(), '.ethereum', 'keystore')]
}

/** Looks into folders of keystores. A folder that is not there, or has none, is left out. */
export async function lookIntoKeystores(folders: readonly string[]): Promise<KeystoreFolder[]> {
  const unique = [...new Set(folders.map((folder) => resolve(folder)))]
  const found = await Promise.all(unique.map(lookInto))
  return found.filter(({ accounts, problem }) => accounts.length > 0 || problem !== null)
}

async function lookInto(folder: string): Promise<KeystoreFolder> {
  try {
    const { accounts } = await listAccounts(folder)
    return { folder, accounts, problem: null }
  } catch (error) {
    if (!(error instanceof LpPayError)) throw error
    return { folder, accounts: [], problem: error }
  }
}
