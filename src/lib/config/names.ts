import { UsageError } from '../errors.ts'

/**
 * Refuses a name that would be awkward on a command line or in the file.
 *
 * @throws {UsageError} NAME_INVALID
 */
export function requireName(what: 'profile' | 'network', name: string): void {
  if (/^[a-z0-9][\w.-]{0,39}$/i.test(name)) return
  throw new UsageError('NAME_INVALID', `"${name.slice(0, 60)}" cannot be the name of a ${what}`, {
    nextSteps: ['use letters, digits, points and hyphens, 40 at most, and begin with a letter or digit'],
  })
}
