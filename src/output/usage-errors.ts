import { UsageError } from '../lib/errors.ts'
import { closest } from '../lib/text/closest.ts'
import { hideKeys } from '../lib/text/hide-keys.ts'

interface ParserError extends Error {
  /** Absent where a flag came twice. */
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } }
  readonly flags?: readonly string[]
}

/** What oclif's parser throws, as an error of ours; undefined for anything else. */
export function asUsageError(thrown: unknown): UsageError | undefined {
  if (!isParserError(thrown)) return undefined
  const [message = ''] = thrown.message.replace(/\nSee more help with --help/, '').split('\n\n')
  const text = hideKeys(message).replaceAll(/\s+/g, ' ').trim()
  const unknown = thrown.flags?.[0]
  if (unknown?.startsWith('-') !== true)
    return new UsageError('USAGE', lowerFirst(text), { nextSteps: ['see --help'] })
  return unknownFlag(unknown, Object.keys(thrown.parse?.input?.flags ?? {}))
}

/**
 * Refuses a mistyped flag before arguments are parsed: its value would be taken for one, and blamed.
 *
 * @throws {UsageError} FLAG_UNKNOWN
 */
export function refuseUnknownFlags(argv: readonly string[], names: readonly string[]): void {
  const end = argv.indexOf('--')
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    const [, name] = /^--([a-z][a-z-]*)(?:=|$)/.exec(word) ?? []
    if (name !== undefined && !names.includes(name)) throw unknownFlag(`--${name}`, names)
  }
}

function unknownFlag(flag: string, names: readonly string[]): UsageError {
  const like = closest(
    flag,
    names.map((name) => `--${name}`),
  )
  return new UsageError('FLAG_UNKNOWN', `there is no flag ${flag}`, {
    nextSteps: [like === undefined ? 'see --help' : `did you mean ${like}?`],
  })
}

/** An error of ours that a flag's parser threw, without the words that oclif writes around it. */
export function inOneLine(message: string): string {
  const [, flag, own] = /^Parsing (--\S+) \n\t(.*)\nSee more help with --help$/s.exec(message) ?? []
  return flag === undefined || own === undefined ? message : `${flag}: ${own}`
}

function isParserError(thrown: unknown): thrown is ParserError {
  return thrown instanceof Error && 'oclif' in thrown
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
