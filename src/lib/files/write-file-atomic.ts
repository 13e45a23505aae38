import { randomBytes } from 'node:crypto'
import { link, open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import { ConfigurationError, LpPayError } from '../errors.ts'
import { errnoOf } from './errno.ts'

export interface WriteFileOptions {
  /** Permission bits of the file; 0600 unless told. */
  readonly mode?: number
}

export interface WriteNewFileOptions extends WriteFileOptions {
  /**
   * Inspects the flushed temporary file before it takes its name. If it throws, nothing is left on disk.
   */
  readonly verify?: (temporaryPath: string) => Promise<void>
}

/**
 * Replaces a file as a whole: after a crash it holds either the old contents or the new ones. The contents
 * are on disk, not only in a cache, when this returns.
 *
 * @throws {ConfigurationError} FILE_NOT_WRITTEN
 */
export async function writeFileAtomic(
  path: string,
  contents: string | Uint8Array,
  { mode = 0o600 }: WriteFileOptions = {},
): Promise<void> {
  await publish(path, contents, mode, (temporary) => rename(temporary, path))
}

/**
 * Writes a file that must not exist yet, with the guarantees of {@link writeFileAtomic}. Of several processes
 * that race for one name exactly one wins.
 *
 * @throws {ConfigurationError} FILE_EXISTS, FILE_NOT_WRITTEN, or what `verify` throws
 */
export async function writeNewFile(
  path: string,
  contents: string | Uint8Array | AsyncIterable<string>,
  { mode = 0o600, verify }: WriteNewFileOptions = {},
): Promise<void> {
  await publish(path, contents, mode, async (temporary) => {
    await verify?.(temporary)
    try {
      await claimByLink(temporary, path)
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
      throw new ConfigurationError('FILE_EXISTS', `${path} exists already`, {
        details: { path },
        cause: error,
      })
    }
  })
}

const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Unlike a rename, a hard link never replaces what has the name already. */
async function claimByLink(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (!noHardLinks.has(errnoOf(error) ?? '')) throw error
    await claimByPlaceholder(temporary, path)
  }
}

/** For file systems without hard links (FAT, some network shares): reserves the name, then renames over it. */
export async function claimByPlaceholder(temporary: string, path: string): Promise<void> {
  const placeholder = await open(path, 'wx', 0o600)
  await placeholder.close()
  await rename(temporary, path)
}

async function publish(
  path: string,
  contents: string | Uint8Array | AsyncIterable<string>,
  mode: number,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(resolve(path))
  // Hidden, so that a leftover of a crash is never taken for the file itself.
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await writeFile(handle, contents)
        .then(() => handle.sync())
        .finally(() => handle.close())
      await place(temporary)
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined)
    }
    await syncFolder(folder)
  } catch (error) {
    if (error instanceof LpPayError) throw error
    throw notWritten(path, error)
  }
}

const noFolderSync = new Set(['EINVAL', 'EISDIR', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Makes a new name in a folder survive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!noFolderSync.has(errnoOf(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

function notWritten(path: string, cause: unknown): ConfigurationError {
  const reason = errnoOf(cause) ?? 'unknown reason'
  return new ConfigurationError('FILE_NOT_WRITTEN', `${path} cannot be written (${reason})`, {
    details: { path, reason },
    nextSteps: ['check that the folder exists, that you may write there and that the disk has space left'],
    cause,
  })
}
