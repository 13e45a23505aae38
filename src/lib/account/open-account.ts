import { decryptKeystore, requireAddress } from './keystore-v3.ts'
import { readKeystoreFile, type Account } from './keystore-folder.ts'
import { localSigner, type Signer } from './signer.ts'

/**
 * Decrypts the keystore of an account. The key must be the one of the account's address even if the file
 * itself names none.
 *
 * @throws {ConfigurationError} PASSWORD_WRONG, KEYSTORE_ADDRESS_MISMATCH, KEYSTORE_INVALID, FILE_*, FOLDER_*
 */
export async function openAccount(account: Account, password: string): Promise<Signer> {
  const key = await decryptKeystore(await readKeystoreFile(account.path), password)
  await requireAddress(key, account.address)
  return await localSigner(key)
}
