import type { Stats } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { ConfigurationError } from '../errors.ts'
import { errnoOf } from '../files/errno.ts'
import { formatMode, hasPermissionBits, isOwnedByUserOrRoot } from '../files/ownership.ts'
import { checkFolderNotWritableByOthers } from '../files/private-folder.ts'
import { shellQuote } from '../files/shell-quote.ts'
import { parseConfig } from './parse-config.ts'
import type { ConfigFile } from './settings.ts'

const maxConfigBytes = 1024 * 1024

/**
 * Reads the configuration file; a missing file is an empty one.
 *
 * @throws {ConfigurationError} CONFIG_INVALID with line and column, CONFIG_NOT_PRIVATE, CONFIG_UNREADABLE,
 * FOLDER_NOT_PRIVATE
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  return parseConfig((await readConfigText(path)) ?? '', path)
}

/**
 * The file as it is, undefined when there is none. Who may write to it may choose the RPCs that are believed, so
 * that nobody else may.
 *
 * @throws {ConfigurationError} CONFIG_NOT_PRIVATE, CONFIG_UNREADABLE, FOLDER_NOT_PRIVATE
 */
export async function readConfigText(path: string): Promise<string | undefined> {
  const stats = await lookAt(path)
  if (stats === undefined) return undefined
  check(path, stats)
  await checkFolderNotWritableByOthers(dirname(path))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) throw unreadable(path, 'it is not UTF-8 text', error)
    throw unreadable(path, errnoOf(error) ?? 'unknown reason', error)
  }
}

async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw unreadable(path, errnoOf(error) ?? 'unknown reason', error)
  }
}

function check(path: string, stats: Stats): void {
  const file = `the configuration file ${path}`
  const quoted = shellQuote(path)
  if (stats.isSymbolicLink()) {
    throw notPrivate(
      path,
      `${file} is a link`,
      `put the file itself there: cp --remove-destination "$(readlink -f ${quoted})" ${quoted}`,
    )
  }
  if (!stats.isFile()) throw unreadable(path, 'it is not a regular file')
  if (!isOwnedByUserOrRoot(stats)) {
    throw notPrivate(path, `${file} belongs to another user`, `chown "$(id -un)" ${quoted}`)
  }
  if (hasPermissionBits && (stats.mode & 0o022) !== 0) {
    throw notPrivate(path, `others may write ${file} (mode ${formatMode(stats)})`, `chmod 600 ${quoted}`)
  }
  if (stats.size > maxConfigBytes) throw unreadable(path, 'it is larger than 1 MiB')
}

function notPrivate(path: string, message: string, nextStep: string): ConfigurationError {
  return new ConfigurationError('CONFIG_NOT_PRIVATE', message, {
    details: { path },
    nextSteps: [nextStep],
  })
}

function unreadable(path: string, why: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    'CONFIG_UNREADABLE',
    `the configuration file ${path} cannot be read: ${why}`,
    {
      details: { path },
      nextSteps: ['see where it should be: lp-pay config path'],
      cause,
    },
  )
}
