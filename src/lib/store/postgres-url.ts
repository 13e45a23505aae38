import { ConfigurationError } from '../errors.ts'
import { originOf } from '../text/redact-urls.ts'

/**
 * Checks the URL of a database. A password with signs that have a meaning in URLs would be taken for another part of
 * it, and be shown or sent to a stranger as such.
 *
 * @returns where it is, without user, password and options: for people
 * @throws {ConfigurationError} STORE_URL_INVALID
 */
export function parsePostgresUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const rest = parsed && `${parsed.pathname}${parsed.search}`
  if (parsed === undefined || rest === undefined || rest.includes('@') || url.includes('#')) {
    throw new ConfigurationError('STORE_URL_INVALID', 'the URL of the store cannot be understood', {
      nextSteps: [
        'postgres://USER:PASSWORD@HOST:5432/DATABASE with # / ? @ of a password as %23 %2F %3F %40',
      ],
    })
  }
  return originOf(url)
}
