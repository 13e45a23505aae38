import { ConfigurationError, LockHeldError, LpPayError } from '../errors.ts'
import { shellQuote } from '../files/shell-quote.ts'

/** SQLite's primary result codes. */
const busy = 5
const locked = 6

export function isBusy(error: unknown): boolean {
  const code = primaryCode(error)
  return code === busy || code === locked
}

/** What SQLite has thrown, as an error of ours. */
export function sqliteError(error: unknown, file: string): LpPayError {
  if (error instanceof LpPayError) return error
  const code = primaryCode(error)
  const details = { store: file, sqliteCode: code ?? null }
  const failure = (name: string, what: string, ...nextSteps: string[]) =>
    new ConfigurationError(name, `the store ${file} ${what}`, { details, nextSteps })
  switch (code) {
    case busy:
    case locked:
      return new LockHeldError('STORE_LOCKED', `another process keeps the store ${file} locked`, {
        details,
        nextSteps: ['wait until it has ended, then repeat'],
      })
    case 13:
      return failure('STORE_FULL', 'cannot grow: the disk is full', 'make room, then repeat')
    case 11:
    case 26:
      return failure(
        'STORE_DAMAGED',
        'is damaged or no database',
        `look at it with: sqlite3 ${shellQuote(file)} "PRAGMA integrity_check"`,
      )
    case 3:
    case 8:
    case 14:
    case 23:
      return failure('STORE_UNREACHABLE', 'cannot be opened for writing', 'check who may write in its folder')
    case 10:
      return failure('STORE_UNREACHABLE', 'cannot be read or written: the disk fails or is full')
    default:
      return failure('STORE_FAILED', `failed: ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}
