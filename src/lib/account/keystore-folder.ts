import { basename, dirname, join, resolve } from 'node:path'
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'

import { ConfigurationError, LpPayError } from '../errors.ts'
import { readPrivateFile, readPrivateFolder } from '../files/private-files.ts'
import { maxKeystoreBytes, parseKeystore, type KeystoreV3 } from './keystore-v3.ts'

/** A keystore in a folder. */
export interface Account {
  readonly address: Address
  /** The name of its file. */
  readonly file: string
  readonly path: string
}

/** A file beside the keystores that is not used, and why. */
export interface SkippedFile {
  readonly file: string
  readonly code: string
  readonly reason: string
  readonly nextSteps: readonly string[]
}

export interface AccountList {
  /** Ordered by address. */
  readonly accounts: readonly Account[]
  readonly skipped: readonly SkippedFile[]
}

/**
 * The accounts in a folder of keystores, as geth and go-livepeer keep them. A folder that does not exist has
 * none. Hidden files and editors' backups (`name~`) are passed over, as geth does.
 *
 * @throws {ConfigurationError} FOLDER_NOT_PRIVATE, FOLDER_UNREADABLE
 */
export async function listAccounts(folder: string): Promise<AccountList> {
  const accounts: Account[] = []
  const skipped: SkippedFile[] = []
  for (const file of await namesIn(folder)) {
    if (file.startsWith('.') || file.endsWith('~')) continue
    const path = join(resolve(folder), file)
    try {
      accounts.push({ address: addressIn(await readKeystoreFile(path), path), file, path })
    } catch (error) {
      if (!(error instanceof LpPayError)) throw error
      skipped.push({ file, code: error.code, reason: error.message, nextSteps: error.nextSteps })
    }
  }
  accounts.sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
  return { accounts, skipped }
}

/**
 * The account of an address, or the only one there is.
 *
 * @throws {ConfigurationError} ACCOUNT_MISSING, ACCOUNT_AMBIGUOUS, ACCOUNT_DUPLICATE, FOLDER_NOT_PRIVATE
 */
export async function findAccount(folder: string, address?: Address): Promise<Account> {
  const { accounts, skipped } = await listAccounts(folder)
  const candidates = accounts.filter((account) => address === undefined || isSame(account.address, address))
  const [first, ...others] = candidates
  if (first === undefined) throw missing(resolve(folder), address, skipped)
  if (others.length === 0) return first
  if (others.every((other) => isSame(other.address, first.address))) throw duplicate(first, candidates)
  throw ambiguous(resolve(folder), candidates)
}

/**
 * Reads and checks a keystore file; it and its folder must be private.
 *
 * @throws {ConfigurationError} KEYSTORE_INVALID, FILE_*, FOLDER_*
 */
export async function readKeystoreFile(path: string): Promise<KeystoreV3> {
  const text = await readPrivateFile(path, {
    maxBytes: maxKeystoreBytes,
    what: 'keystore',
    privateFolder: true,
  })
  try {
    return parseKeystore(text)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const { code, message, details, nextSteps } = error
    throw new ConfigurationError(code, `${resolve(path)}: ${message}`, {
      details: { ...details, path: resolve(path) },
      nextSteps,
    })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readPrivateFolder(folder)
  } catch (error) {
    if (error instanceof LpPayError && error.code === 'FOLDER_MISSING') return []
    throw error
  }
}

/** What the file says, or else its name in geth's pattern; whether it is true shows when it is decrypted. */
function addressIn({ address }: KeystoreV3, path: string): Address {
  const digits = address ?? /--([0-9a-f]{40})(?:\.json)?$/i.exec(basename(path))?.[1]
  if (digits === undefined) {
    throw new ConfigurationError(
      'KEYSTORE_NAMELESS',
      `${path}: neither the keystore nor its name has an address`,
      {
        details: { path },
        nextSteps: ['import it: lp-pay account import'],
      },
    )
  }
  return getAddress(`0x${digits.toLowerCase()}`)
}

function isSame(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function missing(
  folder: string,
  address: Address | undefined,
  skipped: readonly SkippedFile[],
): ConfigurationError {
  const who = address === undefined ? 'no account' : `no account ${address}`
  const unused = skipped.length === 0 ? '' : `; ${String(skipped.length)} of its files cannot be used`
  return new ConfigurationError('ACCOUNT_MISSING', `there is ${who} in ${folder}${unused}`, {
    details: {
      folder,
      address: address ?? null,
      skipped: skipped.map(({ file, code, reason }) => ({ file, code, reason })),
    },
    nextSteps: [
      ...skipped.filter(({ code }) => code !== 'KEYSTORE_INVALID').flatMap(({ nextSteps }) => nextSteps),
      address === undefined ? 'lp-pay account create' : 'lp-pay account list',
    ],
  })
}

function ambiguous(folder: string, accounts: readonly Account[]): ConfigurationError {
  const addresses = [...new Set(accounts.map(({ address }) => address))]
  return new ConfigurationError(
    'ACCOUNT_AMBIGUOUS',
    `there are ${String(addresses.length)} accounts in ${folder}: ${addresses.join(', ')}`,
    {
      details: { folder, accounts: addresses },
      nextSteps: addresses.map((address) => `--account ${address}`),
    },
  )
}

function duplicate({ address, path }: Account, accounts: readonly Account[]): ConfigurationError {
  const files = accounts.map(({ file }) => file)
  return new ConfigurationError(
    'ACCOUNT_DUPLICATE',
    `${address} has several keystores: ${files.join(', ')}`,
    {
      details: { folder: dirname(path), address, files },
      nextSteps: ['keep the one whose password you know, and move the others out of the folder'],
    },
  )
}
