import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isMap, isNode, isScalar } from 'yaml'
import type { Document } from 'yaml'

import { ConfigurationError } from '../errors.ts'
import { ensurePrivateFolder } from '../files/private-folder.ts'
import { writeFileAtomic } from '../files/write-file-atomic.ts'
import { readConfigText } from './config-file.ts'
import { parseConfig, parseConfigDocument } from './parse-config.ts'
import type { ConfigFile } from './settings.ts'

/** What is at a place of the file: a setting's value, or a map of settings. */
export type ConfigValue =
  string | number | boolean | readonly string[] | { readonly [key: string]: ConfigValue }

/** One value and where it goes in the file; undefined takes it out. */
export interface ConfigChange {
  readonly where: readonly [string, ...string[]]
  readonly value: ConfigValue | undefined
}

/** The configuration file as it is and as it would be. */
export interface ConfigEdit {
  readonly path: string
  /** Undefined when there is no file yet. */
  readonly textBefore: string | undefined
  /** The same as before when nothing changes. */
  readonly textAfter: string | undefined
  readonly before: ConfigFile
  readonly after: ConfigFile
}

/**
 * Makes changes to the configuration file without writing them. Comments, the order and all other values stay.
 *
 * @throws {ConfigurationError} CONFIG_INVALID, CONFIG_NOT_PRIVATE, CONFIG_UNREADABLE
 */
export async function planEdit(
  path: string,
  change: (file: ConfigFile) => readonly ConfigChange[],
): Promise<ConfigEdit> {
  const textBefore = await readConfigText(path)
  const before = parseConfig(textBefore ?? '', path)
  const document = parseConfigDocument(textBefore ?? '', path)
  for (const each of change(before)) apply(document, each)
  const textAfter = document.contents === null ? textBefore : document.toString({ lineWidth: 0 })
  const after = parseConfig(textAfter ?? '', path)
  const unchanged = isDeepStrictEqual(before, after)
  return { path, textBefore, textAfter: unchanged ? textBefore : textAfter, before, after }
}

/**
 * Writes what was planned, as a whole and for the owner only.
 *
 * @throws {ConfigurationError} CONFIG_CHANGED when the file is no longer what the plan was made from,
 * FOLDER_NOT_PRIVATE, FILE_NOT_WRITTEN
 */
export async function writeEdit({ path, textBefore, textAfter }: ConfigEdit): Promise<void> {
  if (textAfter === undefined || textAfter === textBefore) return
  await ensurePrivateFolder(dirname(path))
  if ((await readConfigText(path)) !== textBefore) {
    throw new ConfigurationError('CONFIG_CHANGED', `the configuration file ${path} has changed meanwhile`, {
      details: { path },
      nextSteps: ['repeat the command'],
    })
  }
  await writeFileAtomic(path, textAfter)
}

function apply(document: Document, { where, value }: ConfigChange): void {
  if (value === undefined) {
    if (document.hasIn(where)) document.deleteIn(where)
    return
  }
  for (let depth = 1; depth < where.length; depth++) makeMap(document, where.slice(0, depth))
  const node = document.getIn(where, true)
  // Setting the scalar's value keeps the comment behind it.
  if (isScalar(node) && typeof value !== 'object') node.value = withoutQuotes(value)
  else document.setIn(where, document.createNode(withoutQuotes(value)))
}

/** Whole numbers are read as the texts that they are written with, and look better without quotes. */
function withoutQuotes(value: ConfigValue): ConfigValue {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : value
}

/** `profiles:` with nothing below it is null, which nothing can be put into. */
function makeMap(document: Document, where: readonly string[]): void {
  const node = document.getIn(where, true)
  if (isMap(node)) return
  const map = document.createNode({})
  if (isNode(node)) {
    if (node.comment) map.comment = node.comment
    if (node.commentBefore) map.commentBefore = node.commentBefore
  }
  document.setIn(where, map)
}
