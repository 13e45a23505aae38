import { shellQuote } from '../files/shell-quote.ts'
import { findAccount, listAccounts, readKeystoreFile } from '../account/keystore-folder.ts'
import type { Account, SkippedFile } from '../account/keystore-folder.ts'
import type { KeystoreKdf } from '../account/keystore-kdf.ts'
import { wellKnownAddresses } from '../account/well-known-addresses.ts'
import { devnetAccounts } from '../devnet/accounts.ts'
import { devnetAccount, namedAddress } from './choose-account.ts'
import type { Settings } from './settings.ts'

/** An account whose key is at hand, without its key. */
export interface AccountReport {
  readonly address: string
  /** Only devnet accounts have one. */
  readonly name: string | null
  /** The name of its file in the folder; null for an account of the devnet, which needs none. */
  readonly file: string | null
  /** True for the account that commands use. */
  readonly inUse: boolean
}

export interface AccountsReport {
  readonly network: string
  readonly keystore: string
  readonly accounts: readonly AccountReport[]
  /** What else is in the folder, and why it is not used. */
  readonly skipped: readonly SkippedFile[]
}

export interface AccountDetails {
  readonly address: string
  readonly name: string | null
  /** Where its keystore is; null for an account of the devnet. */
  readonly path: string | null
  /** How the password becomes the key that opens the file: what guessing costs. */
  readonly kdf: KdfReport | null
  /** Its key is in public manuals, so that anyone can spend what it holds. */
  readonly wellKnown: boolean
}

export type KdfReport =
  | {
      readonly name: 'scrypt'
      readonly n: number
      readonly r: number
      readonly p: number
      readonly memoryBytes: number
    }
  | { readonly name: 'pbkdf2'; readonly iterations: number }

export interface NewAccountReport {
  readonly address: string
  readonly path: string
  readonly nextSteps: readonly string[]
}

/**
 * The accounts that settings make usable; on a chain on this machine those of the devnet too.
 *
 * @throws {ConfigurationError} FOLDER_NOT_PRIVATE, FOLDER_UNREADABLE
 */
export async function describeAccounts(settings: Settings): Promise<AccountsReport> {
  const { keystoreFolder, network, account } = settings
  const { accounts, skipped } = await listAccounts(keystoreFolder.value)
  const builtIn = network.value.local ? devnetAccounts : []
  const chosen = devnetAccount(account.value, network.value)?.address ?? account.value ?? onlyOne(accounts)
  const isInUse = (address: string) => address.toLowerCase() === chosen?.toLowerCase()
  return {
    network: network.value.name,
    keystore: keystoreFolder.value,
    accounts: [
      ...builtIn.map(({ address, name }) => ({ address, name, file: null, inUse: isInUse(address) })),
      ...accounts.map(({ address, file }) => ({ address, name: null, file, inUse: isInUse(address) })),
    ],
    skipped,
  }
}

/**
 * What is known of the account that settings name, or of the only one there is.
 *
 * @throws {ConfigurationError} ACCOUNT_UNKNOWN, ACCOUNT_MISSING, ACCOUNT_AMBIGUOUS, ACCOUNT_DUPLICATE, KEYSTORE_INVALID,
 * FILE_*, FOLDER_*
 */
export async function describeAccount(settings: Settings): Promise<AccountDetails> {
  const { account, network, keystoreFolder } = settings
  const builtIn = devnetAccount(account.value, network.value)
  if (builtIn !== undefined) {
    const { address, name } = builtIn
    return { address, name, path: null, kdf: null, wellKnown: true }
  }
  const { address, path } = await findAccount(
    keystoreFolder.value,
    namedAddress(account.value, network.value),
  )
  const { crypto } = await readKeystoreFile(path)
  return { address, name: null, path, kdf: reportKdf(crypto), wellKnown: isWellKnown(address) }
}

/**
 * What to say of an account that has just been stored.
 *
 * @param keyFile where its key came from in the clear
 */
export function describeNewAccount(
  { address, path }: Account,
  { keystoreFolder: { source, value } }: Settings,
  keyFile?: string,
): NewAccountReport {
  const clearKey = keyFile === undefined || keyFile === '-' ? undefined : keyFile
  return {
    address,
    path,
    nextSteps: [
      'back up the file and its password: without both, what the account holds is lost',
      ...(clearKey === undefined
        ? []
        : [`shred -u ${shellQuote(clearKey)}, as the key in it is not protected`]),
      ...(source === 'flag' ? [`lp-pay config set keystore ${shellQuote(value)}`] : []),
      `lp-pay config set account ${address}`,
    ],
  }
}

/** What to say of an account that anyone can spend from; undefined for any other. */
export function wellKnownWarning(address: string): string | undefined {
  if (!isWellKnown(address)) return undefined
  return `the private key of ${address} is published in the manuals of test chains: anyone can take what it holds`
}

function isWellKnown(address: string): boolean {
  return wellKnownAddresses.some((known) => known.toLowerCase() === address.toLowerCase())
}

function onlyOne(accounts: readonly Account[]): string | undefined {
  return accounts.length === 1 ? accounts[0]?.address : undefined
}

function reportKdf({ kdf, kdfparams }: KeystoreKdf): KdfReport {
  if (kdf === 'pbkdf2') return { name: kdf, iterations: kdfparams.c }
  const { n, r, p } = kdfparams
  return { name: kdf, n, r, p, memoryBytes: 128 * n * r }
}
