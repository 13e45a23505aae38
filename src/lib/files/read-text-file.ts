import { open } from 'node:fs/promises'

import { ConfigurationError, LpPayError, UsageError } from '../errors.ts'
import { errnoOf } from './errno.ts'

const noSuchFile = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/**
 * A text file, or undefined where a word is not the name of one.
 *
 * @throws {UsageError} INPUT_TOO_LONG
 * @throws {ConfigurationError} FILE_UNREADABLE
 */
export async function readTextFile(path: string, maxBytes: number): Promise<string | undefined> {
  try {
    const handle = await open(path, 'r')
    try {
      const buffer = Buffer.alloc(maxBytes + 1)
      let length = 0
      while (length < buffer.length) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
        if (bytesRead === 0) break
        length += bytesRead
      }
      if (length > maxBytes) {
        throw new UsageError('INPUT_TOO_LONG', `${path} has more than ${maxBytes} bytes`, {
          details: { path },
        })
      }
      return buffer.toString('utf8', 0, length)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    const reason = errnoOf(cause)
    if (reason === undefined || cause instanceof LpPayError) throw cause
    if (noSuchFile.has(reason)) return undefined
    throw new ConfigurationError('FILE_UNREADABLE', `${path} cannot be read (${reason})`, {
      details: { path, reason },
      cause,
    })
  }
}
