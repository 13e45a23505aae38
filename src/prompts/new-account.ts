import { listAccounts } from '../lib/account/keystore-folder.ts'
import type { Account } from '../lib/account/keystore-folder.ts'
import { readNewPassword } from './password.ts'

export interface NewAccountOptions {
  /** Where the keystore goes. */
  readonly folder: string
  readonly passwordFile: string | undefined
  /** Told when the password is known and the slow part begins. */
  readonly onStore: () => void
}

/** Reads or asks for a password, and makes an account with it. */
export async function makeAccount({ folder, passwordFile, onStore }: NewAccountOptions): Promise<Account> {
  // A folder that cannot be used is better known before a password is thought of.
  await listAccounts(folder)
  const password = await readNewPassword(passwordFile, 'the new account')
  onStore()
  const { createAccount } = await import('../lib/account/new-account.ts')
  return createAccount(folder, password)
}
