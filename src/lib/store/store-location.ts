import { UsageError } from '../errors.ts'
import { originOf } from '../text/redact-urls.ts'

/** Whether a store is a PostgreSQL database, and not an SQLite file. */
export function isPostgresUrl(where: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(where)
}

/**
 * Reads where a store is: the path of an SQLite file, or the URL of a PostgreSQL database.
 *
 * @throws {UsageError} STORE_INVALID, which repeats nothing: a URL may hold a password
 */
export function parseStoreLocation(text: string): string {
  const isUrl = isPostgresUrl(text)
  if (text.trim() !== '' && (isUrl ? URL.canParse(text) : !text.includes('://'))) return text
  throw new UsageError('STORE_INVALID', `the store is neither a file nor a URL of PostgreSQL`, {
    nextSteps: ['--store tickets.sqlite3, or --store postgres://USER@HOST/DATABASE'],
  })
}

/** Where a store is, as it may be shown: of a URL the scheme, host and port. */
export function showStoreLocation(where: string): string {
  return isPostgresUrl(where) ? originOf(where) : where
}
