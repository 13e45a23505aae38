import { ConfigurationError, LockHeldError, LpPayError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'

/** What pg has thrown, as an error of ours. Its own may hold rows, addresses and user names. */
export function postgresError(error: unknown, location: string): LpPayError {
  if (error instanceof LpPayError) return error
  const code = codeOf(error)
  const details = { store: location, reason: code ?? null }
  const failure = (name: string, what: string, ...nextSteps: string[]) =>
    new ConfigurationError(name, `the store ${location} ${what}`, { details, nextSteps })
  const unreachable = (why: string) =>
    failure('STORE_UNREACHABLE', `does not answer (${why})`, 'check that the server runs, and its URL')

  switch (code) {
    // Lock timeout, deadlock, cancelled.
    case '55P03':
    case '40P01':
    case '40001':
    case '57014':
      return new LockHeldError('STORE_LOCKED', `another process keeps the store ${location} locked`, {
        details,
        nextSteps: ['wait until it has ended, then repeat'],
      })
    case '3D000':
      return failure('STORE_MISSING', 'has no such database', 'make it: createdb NAME')
    case '42501':
      return failure(
        'STORE_REFUSED',
        'does not let this user write',
        'GRANT ALL ON SCHEMA public TO the user',
      )
    case '25006':
      return failure('STORE_REFUSED', 'is read-only', 'give the URL of the primary server')
    case '53100':
      return failure('STORE_FULL', 'cannot grow: its disk is full', 'make room, then repeat')
    case '42P07':
      return failure('STORE_FOREIGN', 'holds tables of another program', 'give it a database of its own')
    case undefined:
      return unreachable('connection lost')
    default:
  }
  if (code.startsWith('28')) {
    return failure('STORE_REFUSED', 'refuses user or password', 'check both in its URL')
  }
  if (code.startsWith('XX'))
    return failure('STORE_DAMAGED', `is damaged (${code})`, "look at the server's log")
  if (/^(?:08|53|57)/.test(code) || /^E[A-Z_]+$/.test(code)) return unreachable(code)
  const said = error instanceof Error ? sanitize(error.message) : ''
  return failure('STORE_FAILED', `failed (${code}): ${said}`)
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? sanitize(error.code) : undefined
}
