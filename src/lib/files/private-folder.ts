import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'

import { ConfigurationError } from '../errors.ts'
import { errnoOf } from './errno.ts'
import { formatMode, isOpenToOthers, isOwnedByUserOrRoot, isWritableByOthers } from './ownership.ts'
import { shellQuote } from './shell-quote.ts'

/**
 * Creates a folder that only the current user can enter, with its parents, or checks the one that exists.
 *
 * @throws {ConfigurationError} FOLDER_NOT_PRIVATE, FOLDER_NOT_CREATED
 */
export async function ensurePrivateFolder(path: string): Promise<void> {
  const folder = resolve(path)
  if ((await lookAt(folder)) === undefined) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
    } catch (cause) {
      throw failed('FOLDER_NOT_CREATED', folder, 'cannot be created', cause)
    }
  }
  await checkPrivateFolder(folder)
}

/**
 * Checks that a folder is no link, belongs to the current user or root, and is closed to everyone else.
 *
 * @throws {ConfigurationError} FOLDER_MISSING, FOLDER_NOT_PRIVATE
 */
export async function checkPrivateFolder(path: string): Promise<void> {
  const folder = resolve(path)
  const stats = await lookAt(folder)
  if (stats === undefined) {
    throw new ConfigurationError('FOLDER_MISSING', `the folder ${folder} does not exist`, {
      details: { path: folder },
    })
  }
  if (stats.isSymbolicLink()) throw notPrivate(folder, 'is a link', 'use the folder that it leads to')
  if (!stats.isDirectory()) throw notPrivate(folder, 'is not a folder', 'use another path')
  checkOwner(folder, stats)
  if (isOpenToOthers(stats)) {
    const why = `is open to other users (mode ${formatMode(stats)})`
    throw notPrivate(folder, why, `chmod 700 ${shellQuote(folder)}`)
  }
}

/**
 * The names in a private folder, in order.
 *
 * @throws {ConfigurationError} FOLDER_MISSING, FOLDER_NOT_PRIVATE, FOLDER_UNREADABLE
 */
export async function readPrivateFolder(path: string): Promise<string[]> {
  await checkPrivateFolder(path)
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    throw failed('FOLDER_UNREADABLE', resolve(path), 'cannot be read', error)
  }
}

/**
 * Checks that nobody else can put another file in the place of one in this folder.
 *
 * @throws {ConfigurationError} FOLDER_NOT_PRIVATE
 */
export async function checkFolderNotWritableByOthers(path: string): Promise<void> {
  const folder = resolve(path)
  // Follows links: /var/run/secrets and the like lead elsewhere, and where they lead is what matters.
  const stats = await stat(folder)
  checkOwner(folder, stats)
  if (isWritableByOthers(stats)) {
    const why = `can be changed by other users (mode ${formatMode(stats)})`
    throw notPrivate(folder, why, `chmod go-w ${shellQuote(folder)}`)
  }
}

async function lookAt(folder: string): Promise<Stats | undefined> {
  try {
    return await lstat(folder)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw failed('FOLDER_UNREADABLE', folder, 'cannot be read', error)
  }
}

function checkOwner(folder: string, stats: Stats): void {
  if (isOwnedByUserOrRoot(stats)) return
  throw notPrivate(folder, 'belongs to another user', `chown "$(id -un)" ${shellQuote(folder)}`)
}

function failed(code: string, path: string, what: string, cause: unknown): ConfigurationError {
  const reason = errnoOf(cause) ?? 'unknown reason'
  return new ConfigurationError(code, `the folder ${path} ${what} (${reason})`, {
    details: { path, reason },
    cause,
  })
}

function notPrivate(path: string, why: string, nextStep: string): ConfigurationError {
  return new ConfigurationError('FOLDER_NOT_PRIVATE', `the folder ${path} ${why}`, {
    details: { path },
    nextSteps: [nextStep],
  })
}
