import { constants, type Stats } from 'node:fs'
import { lstat, open, type FileHandle } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { ConfigurationError, LpPayError } from '../errors.ts'
import { errnoOf } from './errno.ts'
import { formatMode, isOpenToOthers, isOwnedByUserOrRoot } from './ownership.ts'
import { checkFolderNotWritableByOthers, checkPrivateFolder, ensurePrivateFolder } from './private-folder.ts'
import { shellQuote } from './shell-quote.ts'
import { writeNewFile } from './write-file-atomic.ts'

export { checkPrivateFolder, ensurePrivateFolder, readPrivateFolder } from './private-folder.ts'

export interface ReadPrivateFileOptions {
  /** Larger files are refused. */
  readonly maxBytes: number
  /** What the file is, for messages: `keystore`, `password file`. */
  readonly what: string
  /** The folder must be closed to others too; without it, others must only not be able to write there. */
  readonly privateFolder?: boolean
}

/**
 * Reads a file that holds a secret, as UTF-8 without byte order mark. What is checked is what is read: the
 * checks are on the open file, not on its name. Permissions are not checked on Windows.
 *
 * @throws {ConfigurationError} FILE_MISSING, FILE_IS_LINK, FILE_NOT_REGULAR, FILE_NOT_PRIVATE, FILE_TOO_LARGE,
 * FILE_NOT_TEXT, FILE_UNREADABLE, FOLDER_MISSING, FOLDER_NOT_PRIVATE
 */
export async function readPrivateFile(path: string, options: ReadPrivateFileOptions): Promise<string> {
  const file = resolve(path)
  const subject = `the ${options.what} ${file}`
  const handle = await openWithoutFollowing(file, subject)
  try {
    checkFile(await handle.stat(), file, subject, options.maxBytes)
    if (options.privateFolder === true) await checkPrivateFolder(dirname(file))
    else await checkFolderNotWritableByOthers(dirname(file))
    return decode(await readAtMost(handle, options.maxBytes), file, subject, options.maxBytes)
  } finally {
    await handle.close()
  }
}

/**
 * Creates an empty file that only the current user can open, in a folder that only he can enter, or checks those that
 * exist. It never opens a file that exists: closing it would end the locks that this process has on it.
 *
 * @throws {ConfigurationError} FILE_IS_LINK, FILE_NOT_REGULAR, FILE_NOT_PRIVATE, FILE_NOT_WRITTEN, FOLDER_NOT_PRIVATE,
 * FOLDER_NOT_CREATED
 */
export async function ensurePrivateFile(path: string, what: string): Promise<void> {
  const file = resolve(path)
  const subject = `the ${what} ${file}`
  await ensurePrivateFolder(dirname(file))
  try {
    await writeNewFile(file, '')
  } catch (error) {
    if (!(error instanceof LpPayError && error.code === 'FILE_EXISTS')) throw error
  }
  const stats = await lstat(file)
  if (stats.isSymbolicLink()) throw isLink(file, subject)
  checkFile(stats, file, subject, Infinity)
}

/** Non-blocking, because opening a FIFO would otherwise wait for a writer. Windows has neither flag. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

async function openWithoutFollowing(file: string, subject: string): Promise<FileHandle> {
  try {
    return await open(file, openFlags)
  } catch (cause) {
    switch (errnoOf(cause)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw refusal('FILE_MISSING', `${subject} does not exist`, file)
      case 'ELOOP':
      case 'EMLINK':
        throw isLink(file, subject)
      case 'ENXIO':
        throw notRegular(file, subject)
      default: {
        const reason = errnoOf(cause) ?? 'unknown reason'
        throw new ConfigurationError('FILE_UNREADABLE', `${subject} cannot be read (${reason})`, {
          details: { path: file, reason },
          cause,
        })
      }
    }
  }
}

function checkFile(stats: Stats, file: string, subject: string, maxBytes: number): void {
  if (!stats.isFile()) throw notRegular(file, subject)
  if (!isOwnedByUserOrRoot(stats)) {
    const nextStep = `chown "$(id -un)" ${shellQuote(file)}`
    throw refusal('FILE_NOT_PRIVATE', `${subject} belongs to another user`, file, nextStep)
  }
  if (isOpenToOthers(stats)) {
    const message = `${subject} is open to other users (mode ${formatMode(stats)})`
    throw refusal('FILE_NOT_PRIVATE', message, file, `chmod 600 ${shellQuote(file)}`)
  }
  if (stats.size > maxBytes) throw tooLarge(file, subject, maxBytes)
}

/** Reads one byte more than allowed at most, as a file may have grown since it was looked at. */
async function readAtMost(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(maxBytes + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.subarray(0, length)
}

function decode(bytes: Buffer, file: string, subject: string, maxBytes: number): string {
  if (bytes.length > maxBytes) throw tooLarge(file, subject, maxBytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal('FILE_NOT_TEXT', `${subject} is not UTF-8 text`, file)
  }
}

function isLink(file: string, subject: string): ConfigurationError {
  return refusal('FILE_IS_LINK', `${subject} is a link`, file, 'give the path of the file itself')
}

function notRegular(file: string, subject: string): ConfigurationError {
  return refusal('FILE_NOT_REGULAR', `${subject} is not a regular file`, file)
}

function tooLarge(file: string, subject: string, maxBytes: number): ConfigurationError {
  return refusal('FILE_TOO_LARGE', `${subject} is larger than ${String(maxBytes)} bytes`, file)
}

function refusal(code: string, message: string, path: string, ...nextSteps: string[]): ConfigurationError {
  return new ConfigurationError(code, message, { details: { path }, nextSteps })
}
