import { createReadStream } from 'node:fs'

import { ConfigurationError } from '../errors.ts'
import { errnoOf } from '../files/errno.ts'
import { hideKeys } from '../text/hide-keys.ts'

/**
 * The bytes of a file, a piece at a time.
 *
 * @throws {ConfigurationError} FILE_UNREADABLE
 */
export async function* readChunks(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>
  } catch (cause) {
    const reason = errnoOf(cause)
    if (reason === undefined) throw cause
    // A key may be in the place of the file.
    const name = hideKeys(path)
    const why = reason === 'ENOENT' ? `there is no file ${name}` : `${name} cannot be read (${reason})`
    throw new ConfigurationError('FILE_UNREADABLE', why, { details: { path: name, reason } })
  }
}
