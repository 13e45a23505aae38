import { listAccounts } from '../lib/account/keystore-folder.ts'
import type { Account } from '../lib/account/keystore-folder.ts'
import { maxKeystoreBytes, parseKeystore } from '../lib/account/keystore-v3.ts'
import { addressOf } from '../lib/account/private-key.ts'
import { readPrivateFile } from '../lib/files/private-files.ts'
import { passwordReader, readNewPassword } from './password.ts'
import { readPrivateKey } from './private-key.ts'
import { refuseSharedInput } from './standard-input.ts'

export interface ImportSources {
  /** Where the keystore goes. */
  readonly folder: string
  readonly passwordFile: string | undefined
  readonly keyFile: string | undefined
  readonly keystoreFile: string | undefined
  /** Told when everything is known and the slow part begins. */
  readonly onStore: () => void
}

/** Reads or asks for the key or the keystore, and its password, and stores it. */
export async function storeKeyOrKeystore(sources: ImportSources): Promise<Account> {
  const { folder, passwordFile, keyFile, keystoreFile, onStore } = sources
  refuseSharedInput({ '--key-file': keyFile, '--password-file': passwordFile })
  // A folder that cannot be used is better known before anything is typed.
  await listAccounts(folder)
  const { importKeystore, importPrivateKey } = await import('../lib/account/new-account.ts')
  if (keystoreFile !== undefined) {
    const json = await readPrivateFile(keystoreFile, { maxBytes: maxKeystoreBytes, what: 'keystore' })
    parseKeystore(json)
    const password = await passwordReader(passwordFile, keystoreFile, 'nothing was written')()
    onStore()
    return importKeystore(folder, json, password)
  }
  const key = await readPrivateKey(keyFile)
  const password = await readNewPassword(passwordFile, await addressOf(key))
  onStore()
  return importPrivateKey(folder, key, password)
}
