import { join, resolve } from 'node:path'
import type { Address, Hex } from 'viem'

import { ConfigurationError } from '../errors.ts'
import { ensurePrivateFolder } from '../files/private-files.ts'
import { writeNewFile } from '../files/write-file-atomic.ts'
import { listAccounts, readKeystoreFile, type Account } from './keystore-folder.ts'
import {
  decryptKeystore,
  encryptKeystore,
  parseKeystore,
  requireAddress,
  type EncryptKeystoreOptions,
  type KeystoreV3,
} from './keystore-v3.ts'
import { addressOf, parsePrivateKey, randomPrivateKey } from './private-key.ts'
import { requireNewPassword } from './read-password.ts'

/**
 * Makes a new key and keeps it in a folder of keystores, under a password of at least 8 characters.
 *
 * @throws {ConfigurationError} PASSWORD_TOO_SHORT, FOLDER_NOT_PRIVATE, FILE_NOT_WRITTEN
 */
export async function createAccount(
  folder: string,
  password: string,
  options: EncryptKeystoreOptions = {},
): Promise<Account> {
  return await storeKey(folder, randomPrivateKey(), password, options)
}

/**
 * Keeps a private key that exists already in a folder of keystores.
 *
 * @throws {UsageError} KEY_INVALID
 * @throws {ConfigurationError} ACCOUNT_EXISTS, PASSWORD_TOO_SHORT, FOLDER_NOT_PRIVATE, FILE_NOT_WRITTEN
 */
export async function importPrivateKey(
  folder: string,
  privateKey: string,
  password: string,
  options: EncryptKeystoreOptions = {},
): Promise<Account> {
  return await storeKey(folder, parsePrivateKey(privateKey), password, options)
}

/**
 * Copies a keystore into a folder, under the password that it has. Only what the format knows is copied.
 *
 * @throws {ConfigurationError} KEYSTORE_INVALID, PASSWORD_WRONG, KEYSTORE_ADDRESS_MISMATCH, ACCOUNT_EXISTS,
 * FOLDER_NOT_PRIVATE, FILE_NOT_WRITTEN
 */
export async function importKeystore(folder: string, json: string, password: string): Promise<Account> {
  const keystore = parseKeystore(json)
  await ensurePrivateFolder(folder)
  const address = await addressOf(await decryptKeystore(keystore, password))
  return await store(folder, address, keystore, password)
}

async function storeKey(
  folder: string,
  key: Hex,
  password: string,
  options: EncryptKeystoreOptions,
): Promise<Account> {
  requireNewPassword(password)
  await ensurePrivateFolder(folder)
  const address = await addressOf(key)
  await refuseExisting(folder, address)
  return await store(folder, address, await encryptKeystore(key, password, options), password)
}

async function store(
  folder: string,
  address: Address,
  keystore: KeystoreV3,
  password: string,
): Promise<Account> {
  await refuseExisting(folder, address)
  const file = fileName(address, new Date())
  const path = join(resolve(folder), file)
  const contents = JSON.stringify({ ...keystore, address: bareHex(address) })
  await writeNewFile(path, contents, {
    // A key that cannot be read back must not look as if it were safe: what is sent to it would be lost.
    verify: async (temporary) => {
      const written = await readKeystoreFile(temporary)
      await requireAddress(await decryptKeystore(written, password), address)
    },
  })
  return { address, file, path }
}

async function refuseExisting(folder: string, address: Address): Promise<void> {
  const { accounts, skipped } = await listAccounts(folder)
  const existing =
    accounts.find((account) => account.address === address) ??
    skipped.find(({ file }) => file.toLowerCase().endsWith(bareHex(address)))
  if (existing === undefined) return
  throw new ConfigurationError('ACCOUNT_EXISTS', `${address} is in the folder already: ${existing.file}`, {
    details: { address, folder: resolve(folder), file: existing.file },
  })
}

/** geth's pattern, with its nine digits of a second: UTC--2024-01-31T09-05-07.123000000Z--<address>. */
function fileName(address: Address, now: Date): string {
  const time = now.toISOString().replaceAll(':', '-').replace('Z', '000000Z')
  return `UTC--${time}--${bareHex(address)}`
}

function bareHex(address: Address): string {
  return address.slice(2).toLowerCase()
}
