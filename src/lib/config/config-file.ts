import { lstat, readFile } from 'node:fs/promises'
import { isMap, parseDocument } from 'yaml'
import type { Document } from 'yaml'

import { parseAddress } from '../account/address.ts'
import { ConfigurationError, LpPayError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import { profileKeys } from './settings.ts'
import type { ConfigFile, CustomNetwork, Profile } from './settings.ts'

const emptyFile: ConfigFile = { profiles: {}, networks: {} }

/**
 * Reads the configuration file; a missing file is an empty one.
 *
 * @throws {ConfigurationError} CONFIG_INVALID with line and column, CONFIG_NOT_PRIVATE
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const text = await readText(path)
  return text === undefined ? emptyFile : validate(parseConfigDocument(text, path), path)
}

/** The file's document, with comments, for changing it. */
export async function readConfigDocument(path: string): Promise<Document> {
  return parseConfigDocument((await readText(path)) ?? '', path)
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const { mode } = await lstat(path)
    if (process.platform !== 'win32' && (mode & 0o022) !== 0) {
      throw new ConfigurationError('CONFIG_NOT_PRIVATE', `others may write the configuration file ${path}`, {
        nextSteps: [`chmod 600 ${path}`],
      })
    }
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    if (error instanceof LpPayError) throw error
    throw new ConfigurationError('CONFIG_UNREADABLE', `the configuration file ${path} cannot be read`, {
      nextSteps: ['see where it should be: lp-pay config path'],
      cause: error,
    })
  }
}

function parseConfigDocument(text: string, path: string): Document {
  const document = parseDocument(text, { uniqueKeys: true, strict: true, customTags: [], merge: false })
  const [problem] = document.errors
  if (problem !== undefined) {
    const [at] = problem.linePos ?? []
    const place = at === undefined ? '' : ` at line ${String(at.line)}, column ${String(at.col)}`
    const message = sanitize(problem.message.split(' at line ')[0] ?? '')
    throw invalid(path, `${message}${place}`)
  }
  return document
}

function validate(document: Document, path: string): ConfigFile {
  if (document.contents === null) return emptyFile
  if (!isMap(document.contents)) throw invalid(path, 'it must be a map of settings')
  const root = document.toJS({ maxAliasCount: 0 }) as Record<string, unknown>
  for (const key of Object.keys(root)) {
    if (!['default-profile', 'profiles', 'networks'].includes(key))
      throw invalid(path, `"${key}" is not a setting`)
  }
  const defaultProfile = root['default-profile']
  return {
    ...(defaultProfile !== undefined && {
      'default-profile': asText(defaultProfile, path, 'default-profile'),
    }),
    profiles: mapEntries(root['profiles'], path, 'profiles', (value, name) =>
      asProfile(value, path, `profiles.${name}`),
    ),
    networks: mapEntries(root['networks'], path, 'networks', (value, name) =>
      asNetwork(value, path, `networks.${name}`),
    ),
  }
}

function asProfile(value: unknown, path: string, where: string): Profile {
  const profile: Record<string, unknown> = {}
  for (const [key, entry] of Object.entries(asMap(value, path, where))) {
    const known = profileKeys.find((name) => name === key)
    if (known === undefined) throw invalid(path, `${where} has no setting "${key}"`)
    profile[known] =
      known === 'rpc-urls'
        ? asList(entry, path, `${where}.${key}`).map((url) => asText(url, path, `${where}.${key}`))
        : asText(entry, path, `${where}.${key}`)
  }
  return profile
}

function asNetwork(value: unknown, path: string, where: string): CustomNetwork {
  const { 'chain-id': chainId, controller, local, ...others } = asMap(value, path, where)
  const [other] = Object.keys(others)
  if (other !== undefined) throw invalid(path, `${where} has no setting "${other}"`)
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId <= 0) {
    throw invalid(path, `${where}.chain-id must be a whole number`)
  }
  if (local !== undefined && typeof local !== 'boolean')
    throw invalid(path, `${where}.local must be true or false`)
  try {
    const address = parseAddress(asText(controller, path, `${where}.controller`))
    return { chainId, controller: address, ...(local !== undefined && { local }) }
  } catch (cause) {
    throw invalid(path, `${where}.controller must be an address in quotes`, cause)
  }
}

function mapEntries<Value>(
  value: unknown,
  path: string,
  where: string,
  change: (value: unknown, name: string) => Value,
): Record<string, Value> {
  if (value === undefined || value === null) return {}
  return Object.fromEntries(
    Object.entries(asMap(value, path, where)).map(([name, entry]) => [name, change(entry, name)]),
  )
}

function asMap(value: unknown, path: string, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw invalid(path, `${where} must be a map`)
}

function asList(value: unknown, path: string, where: string): unknown[] {
  if (Array.isArray(value)) return value
  throw invalid(path, `${where} must be a list`)
}

/** YAML reads `3` as a number: settings are texts, and a number's own text is what was meant. */
function asText(value: unknown, path: string, where: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw invalid(path, `${where} must be a text (put it in quotes)`)
}

function invalid(path: string, why: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError('CONFIG_INVALID', `the configuration file ${path} is not valid: ${why}`, {
    details: { file: path },
    nextSteps: ['mend the file, or begin anew: lp-pay init'],
    cause,
  })
}
