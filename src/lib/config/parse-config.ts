import type { Address } from 'viem'
import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node } from 'yaml'

import { parseAddress } from '../account/address.ts'
import { ConfigurationError } from '../errors.ts'
import { closest } from '../text/closest.ts'
import { sanitize } from '../text/sanitize.ts'
import { isNestedTooDeeply } from '../text/yaml-nesting.ts'
import { builtInNetworks } from './networks.ts'
import { profileKeys } from './settings.ts'
import type { ConfigFile, CustomNetwork, Profile } from './settings.ts'

/** Makes the error for a place in the file. */
type Refuse = (
  where: readonly string[],
  why: string,
  options?: { readonly didYouMean?: string | undefined; readonly cause?: unknown },
) => ConfigurationError

const rootKeys = ['default-profile', 'profiles', 'networks'] as const
const networkKeys = ['chain-id', 'controller', 'local'] as const

/**
 * Reads what a configuration file holds.
 *
 * @throws {ConfigurationError} CONFIG_INVALID with line and column
 */
export function parseConfig(text: string, path: string): ConfigFile {
  const lines = new LineCounter()
  const document = parseConfigDocument(text, path, lines)
  const refuse: Refuse = (where, why, options) => {
    const found = nodeAt(document, where)
    return invalid(path, [...(where.length > 0 ? [where.join('.')] : []), why].join(' '), {
      ...options,
      ...(found?.range && { at: lines.linePos(found.range[0]) }),
    })
  }
  if (document.contents === null) return { profiles: {}, networks: {} }
  if (!isMap(document.contents)) throw refuse([], 'it must be a map of settings')
  const root = readMap(document.toJS(), [], rootKeys, refuse)
  const defaultProfile = root['default-profile']
  return {
    ...(defaultProfile !== undefined && {
      'default-profile': readText(defaultProfile, ['default-profile'], refuse),
    }),
    profiles: mapEntries(root['profiles'], ['profiles'], refuse, readProfile),
    networks: mapEntries(root['networks'], ['networks'], refuse, readNetwork),
  }
}

/**
 * The text as a document that keeps comments, for changing it. Only plain YAML is taken: no aliases and no tags.
 *
 * @throws {ConfigurationError} CONFIG_INVALID with line and column
 */
export function parseConfigDocument(text: string, path: string, lines = new LineCounter()): Document {
  if (isNestedTooDeeply(text)) throw invalid(path, 'it is nested too deeply', { at: { line: 1, col: 1 } })
  const document = parseDocument(text, {
    uniqueKeys: true,
    strict: true,
    customTags: [],
    merge: false,
    lineCounter: lines,
  })
  const [problem] = document.errors
  if (problem !== undefined) {
    const at = problem.linePos?.[0]
    throw invalid(path, sanitize(problem.message.split(/ at line \d/)[0] ?? ''), { ...(at && { at }) })
  }
  const refuse = (node: Node, why: string) =>
    invalid(path, why, { ...(node.range && { at: lines.linePos(node.range[0]) }) })
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) throw refuse(node, 'aliases are not taken')
      if (node.tag !== undefined) throw refuse(node, 'tags are not taken')
    },
    Pair: (_, { key }) => {
      if (isNode(key) && !isScalar(key)) throw refuse(key, 'a name must be a text')
    },
  })
  return document
}

function readProfile(value: unknown, where: readonly string[], refuse: Refuse): Profile {
  const { 'rpc-urls': urls, ...texts } = readMap(value, where, profileKeys, refuse)
  const entries = Object.entries(texts).map(([key, text]) => [key, readText(text, [...where, key], refuse)])
  const profile: Profile = Object.fromEntries(entries) as Record<string, string>
  return urls === undefined
    ? profile
    : { ...profile, 'rpc-urls': readList(urls, [...where, 'rpc-urls'], refuse) }
}

function readList(value: unknown, where: readonly string[], refuse: Refuse): string[] {
  if (!Array.isArray(value)) throw refuse(where, 'must be a list')
  return value.map((entry) => readText(entry, where, refuse))
}

function readNetwork(value: unknown, where: readonly string[], refuse: Refuse): CustomNetwork {
  if (builtInNetworks.some(({ name }) => name === where.at(-1))) {
    throw refuse(where, 'is a built-in network: choose another name')
  }
  const { 'chain-id': chainId, controller, local } = readMap(value, where, networkKeys, refuse)
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId <= 0) {
    throw refuse([...where, 'chain-id'], 'must be a whole number')
  }
  if (local !== undefined && typeof local !== 'boolean') {
    throw refuse([...where, 'local'], 'must be true or false')
  }
  return {
    chainId,
    controller: readAddress(controller, [...where, 'controller'], refuse),
    ...(local !== undefined && { local }),
  }
}

function readAddress(value: unknown, where: readonly string[], refuse: Refuse): Address {
  try {
    return parseAddress(typeof value === 'string' ? value : '')
  } catch (cause) {
    throw refuse(where, 'must be an address in quotes', { cause })
  }
}

function mapEntries<Value>(
  value: unknown,
  where: readonly string[],
  refuse: Refuse,
  read: (value: unknown, where: readonly string[], refuse: Refuse) => Value,
): Record<string, Value> {
  if (value === undefined || value === null) return {}
  const entries = Object.entries(readMap(value, where, undefined, refuse))
  return Object.fromEntries(entries.map(([name, entry]) => [name, read(entry, [...where, name], refuse)]))
}

function readMap(
  value: unknown,
  where: readonly string[],
  keys: readonly string[] | undefined,
  refuse: Refuse,
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(where, 'must be a map')
  const unknown = Object.keys(value).find((key) => keys?.includes(key) === false)
  if (unknown !== undefined) {
    throw refuse([...where, unknown], 'is not a setting', { didYouMean: closest(unknown, keys ?? []) })
  }
  return value as Record<string, unknown>
}

/** YAML reads `3` as a number: settings are texts, and a number's own text is what was meant. */
function readText(value: unknown, where: readonly string[], refuse: Refuse): string {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw refuse(where, value === null || value === '' ? 'has no value' : 'must be a text (put it in quotes)')
}

/** What is nearest to a place in the document: the value there, or what should have held it. */
function nodeAt(document: Document, where: readonly string[]): Node | undefined {
  for (let depth = where.length; depth > 0; depth--) {
    const found = document.getIn(where.slice(0, depth), true)
    if (isNode(found)) return found
  }
  return document.contents ?? undefined
}

function invalid(
  path: string,
  why: string,
  {
    at,
    didYouMean,
    cause,
  }: {
    readonly at?: { readonly line: number; readonly col: number }
    readonly didYouMean?: string | undefined
    readonly cause?: unknown
  } = {},
): ConfigurationError {
  const place = at === undefined ? '' : ` at line ${at.line}, column ${at.col}`
  return new ConfigurationError(
    'CONFIG_INVALID',
    `the configuration file ${path} is not valid: ${why}${place}`,
    {
      details: { path, ...(at && { line: at.line, column: at.col }) },
      nextSteps: [
        didYouMean === undefined
          ? 'mend the line, or move the file away and run lp-pay init'
          : `did you mean ${didYouMean}?`,
      ],
      cause,
    },
  )
}
