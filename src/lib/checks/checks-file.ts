import { readFile } from 'node:fs/promises'
import type { Address } from 'viem'
import { isMap } from 'yaml'
import type { Document } from 'yaml'

import { parseAddress } from '../account/address.ts'
import { ConfigurationError, LpPayError, UsageError } from '../errors.ts'
import { closest } from '../text/closest.ts'
import { offsetOf, readStrictYaml, textOf, YamlFault } from '../text/strict-yaml.ts'
import type { Check, PlannedCheck } from './define-check.ts'
import type { AskedChecks } from './plan-checks.ts'
import { registry } from './registry.ts'

/** What a file asks for. */
export interface ChecksFile {
  readonly address: Address | undefined
  readonly checks: AskedChecks
}

/**
 * Reads a YAML file with the names of checks as keys and their limits as on the command line.
 *
 * @throws {ConfigurationError} CHECKS_FILE_UNREADABLE; CHECKS_FILE_INVALID with line and column
 */
export async function readChecksFile(path: string): Promise<ChecksFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new ConfigurationError(
      'CHECKS_FILE_UNREADABLE',
      missing ? `there is no file ${path}` : `the file ${path} cannot be read`,
      { details: { file: path }, nextSteps: ['see docs/ci.md for an example'], cause },
    )
  })
  return parseChecksFile(text, path)
}

/** @throws {ConfigurationError} CHECKS_FILE_INVALID with line and column */
export function parseChecksFile(text: string, path: string): ChecksFile {
  return readStrictYaml(
    text,
    parse,
    ({ message, place, nextStep, cause }) =>
      new ConfigurationError('CHECKS_FILE_INVALID', `${path} is not valid: ${message}`, {
        details: { file: path, ...place },
        nextSteps: [nextStep ?? 'see docs/ci.md for an example'],
        cause,
      }),
  )
}

function parse(document: Document): ChecksFile {
  const { contents } = document
  if (contents === null) return { address: undefined, checks: {} }
  if (!isMap(contents)) throw new YamlFault(offsetOf(contents), 'it must be a map of checks')

  let address: Address | undefined
  const checks: Record<string, PlannedCheck> = {}
  for (const { key, value } of contents.items) {
    const name = textOf(key, 'a key')
    const limit = textOf(value ?? key, `${name}: it`)
    const at = offsetOf(value ?? key)
    if (name === 'address') address = orFault(name, at, () => parseAddress(limit))
    else {
      const check = findCheck(name, offsetOf(key))
      const planned = orFault(name, at, () => planCheck(check, limit))
      if (planned !== undefined) checks[name] = planned
    }
  }
  return { address, checks }
}

function findCheck(name: string, offset: number): Check {
  const check = registry.find((candidate) => candidate.name === name)
  if (check?.form === 'always') throw new YamlFault(offset, `"${name}" has no limit and is always checked`)
  if (check !== undefined) return check
  const names = registry.filter(({ form }) => form !== 'always').map((candidate) => candidate.name)
  const like = closest(name, ['address', ...names])
  throw new YamlFault(
    offset,
    `there is no check "${name}"`,
    like === undefined ? `the checks are ${names.join(', ')}` : `did you mean ${like}?`,
  )
}

/** Undefined for a check that is switched off. */
function planCheck(check: Check, text: string): PlannedCheck | undefined {
  if (check.form === 'value' || text === 'true') return check.withLimit(text)
  if (text === 'false') return undefined
  throw new UsageError('SWITCH_INVALID', `"${text}" is neither true nor false`)
}

/** Says of what is wrong with a value where it stands. */
function orFault<Value>(name: string, offset: number, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof LpPayError)) throw cause
    throw new YamlFault(offset, `${name}: ${cause.message}`, cause.nextSteps[0])
  }
}
