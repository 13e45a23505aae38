import { UsageError } from '../lib/errors.ts'
import { closest } from '../lib/text/closest.ts'

interface ParserError extends Error {
  readonly parse: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } }
  readonly flags?: readonly string[]
}

/** What oclif's parser throws, as an error of ours; undefined for anything else. */
export function asUsageError(thrown: unknown): UsageError | undefined {
  if (!isParserError(thrown)) return undefined
  const [message = ''] = thrown.message.replace(/\nSee more help with --help/, '').split('\n\n')
  const text = message.replaceAll(/\s+/g, ' ').trim()
  const unknown = thrown.flags?.[0]
  if (unknown?.startsWith('-') !== true)
    return new UsageError('USAGE', lowerFirst(text), { nextSteps: ['see --help'] })
  const names = Object.keys(thrown.parse.input?.flags ?? {}).map((name) => `--${name}`)
  const like = closest(unknown, names)
  return new UsageError('FLAG_UNKNOWN', `there is no flag ${unknown}`, {
    nextSteps: [like === undefined ? 'see --help' : `did you mean ${like}?`],
  })
}

/** An error of ours that a flag's parser threw, without the words that oclif writes around it. */
export function inOneLine(message: string): string {
  const [, flag, own] = /^Parsing (--\S+) \n\t(.*)\nSee more help with --help$/s.exec(message) ?? []
  return flag === undefined || own === undefined ? message : `${flag}: ${own}`
}

function isParserError(thrown: unknown): thrown is ParserError {
  return thrown instanceof Error && 'parse' in thrown && 'oclif' in thrown
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
