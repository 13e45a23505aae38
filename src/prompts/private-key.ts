import type { Hex } from 'viem'

import { parsePrivateKey } from '../lib/account/private-key.ts'
import { DeclinedError } from '../lib/errors.ts'
import { readPrivateFile } from '../lib/files/private-files.ts'
import { askHidden } from './password.ts'
import { readStandardInput } from './standard-input.ts'
import { canAsk } from './terminal.ts'

const maxKeyFileBytes = 4096

/**
 * Reads a private key from a private file, from standard input if the path is `-`, or asks for it.
 *
 * @throws {UsageError} KEY_INVALID
 * @throws {DeclinedError} KEY_NEEDED, PROMPT_CANCELLED
 * @throws {ConfigurationError} FILE_*, FOLDER_*
 */
export async function readPrivateKey(file: string | undefined): Promise<Hex> {
  if (file !== undefined && !(file === '-' && canAsk())) {
    return parsePrivateKey(
      file === '-'
        ? await readStandardInput()
        : await readPrivateFile(file, { maxBytes: maxKeyFileBytes, what: 'key file' }),
    )
  }
  if (!canAsk()) {
    throw new DeclinedError('KEY_NEEDED', 'there is no terminal to ask for the key at; nothing was written', {
      nextSteps: ['add --key-file FILE or --keystore-file FILE; --key-file - reads standard input'],
    })
  }
  return parsePrivateKey(await askHidden('Private key', 'nothing was written', parsePrivateKey))
}
