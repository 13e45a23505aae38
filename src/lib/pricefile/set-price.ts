import { realpath, stat } from 'node:fs/promises'
import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Scalar, YAMLMap } from 'yaml'

import { ConfigurationError, UsageError } from '../errors.ts'
import { writeFileAtomic } from '../files/write-file-atomic.ts'
import { parsePriceFile } from './parse-price-file.ts'
import { readPriceText } from './price-file.ts'
import { checkPriceValue, parsePriceKey } from './price-key.ts'
import type { PriceKey } from './price-key.ts'

/** What became of a value of a price file. */
export interface PriceChange {
  readonly file: string
  readonly key: string
  readonly before: string | null
  readonly after: string | null
  /** False when the file said so already. */
  readonly changed: boolean
}

/** A changed text that is not written yet. */
export interface PriceEdit {
  readonly text: string
  readonly before: string | null
}

/**
 * Writes one value to a price file, which keeps its comments. Nothing is written when the file would no longer be
 * understood.
 *
 * @param value undefined takes it out
 * @throws {UsageError} PRICE_KEY_UNKNOWN, and what is wrong with the value
 * @throws {ConfigurationError} PRICE_FILE_MISSING, PRICE_FILE_INVALID, PRICE_FILE_CHANGED, FILE_NOT_WRITTEN
 */
export async function setPrice(path: string, key: string, value: string | undefined): Promise<PriceChange> {
  const before = await readPriceText(path)
  const edit = editPrice(before, path, key, value)
  const after = value?.trim() ?? null
  const changed = edit.text !== before
  if (changed) {
    if ((await readPriceText(path)) !== before) {
      throw new ConfigurationError('PRICE_FILE_CHANGED', `${path} has changed meanwhile`, {
        details: { file: path },
        nextSteps: ['repeat the command'],
      })
    }
    // Behind a link, so that the link stays one.
    const target = await realpath(path)
    await writeFileAtomic(target, edit.text, { mode: (await stat(target)).mode & 0o777 })
  }
  return { file: path, key, before: edit.before, after, changed }
}

/** The text with one value changed; throws as {@link setPrice}. */
export function editPrice(text: string, fileName: string, key: string, value: string | undefined): PriceEdit {
  const parsed = parsePriceKey(key)
  if (value !== undefined) checkPriceValue(parsed, value)
  parsePriceFile(text, fileName)
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true, strict: true })
  const found = find(document, parsed)
  const before = found === undefined ? null : found.value
  const wanted = value?.trim()
  if (wanted === (before ?? undefined)) return { text, before }
  const after = change(text, document, parsed, found, wanted)
  parsePriceFile(after, fileName)
  return { text: after, before }
}

function change(
  text: string,
  document: Document,
  key: PriceKey,
  found: Scalar<string> | undefined,
  value: string | undefined,
): string {
  if (found?.range && value !== undefined) {
    // In place, so that nothing else of the text changes.
    const [start, end] = found.range
    return `${text.slice(0, start)}${value}${text.slice(end)}`
  }
  if (value === undefined) remove(document, key)
  else add(document, key, value)
  return document.toString({ lineWidth: 0 })
}

function find(document: Document, key: PriceKey): Scalar<string> | undefined {
  const node =
    key.kind === 'capability'
      ? capabilityOf(document, key)?.map.get('price', true)
      : document.getIn(pathOf(document, key), true)
  return isTextScalar(node) ? node : undefined
}

function remove(document: Document, key: PriceKey): void {
  if (key.kind === 'capability') {
    const capability = capabilityOf(document, key)
    if (capability !== undefined) document.deleteIn([...key.where, capability.index])
  } else document.deleteIn(pathOf(document, key))
}

function add(document: Document, key: PriceKey, value: string): void {
  for (let depth = 0; depth < key.where.length; depth++) {
    const isList = key.kind === 'capability' && depth === 1
    if (depth === 1 && key.kind === 'value') continue
    makeCollection(document, key.where.slice(0, depth + 1), isList)
  }
  if (key.kind === 'capability') {
    const { pipeline, model } = key
    document.addIn(
      [...key.where],
      document.createNode({ pipeline, ...(model !== 'default' && { model }), price: value }),
    )
    return
  }
  if (key.kind === 'value') document.setIn(key.where, value)
  else {
    // To other programs 0x... without quotes is a number.
    const name = document.createNode(key.gateway)
    name.type = 'QUOTE_DOUBLE'
    const gateways = document.getIn(key.where, true)
    if (isMap(gateways)) gateways.set(name, value)
  }
}

/** A name with nothing behind it holds nothing that something could be put into. */
function makeCollection(document: Document, where: readonly string[], isList: boolean): void {
  const node = document.getIn(where, true)
  if (isMap(node) || isSeq(node)) {
    if (node.items.length === 0) node.flow = false
    return
  }
  if (document.contents === null || !isMap(document.contents)) document.contents = document.createNode({})
  const collection = document.createNode(isList ? [] : {})
  if (isNode(node) && node.comment) collection.commentBefore = node.comment
  document.setIn(where, collection)
}

/** As the address is spelt in the file. */
function pathOf(document: Document, key: Exclude<PriceKey, { kind: 'capability' }>): readonly string[] {
  if (key.kind === 'value') return key.where
  const gateways = document.getIn(key.where, true)
  const names = isMap(gateways)
    ? gateways.items.map((pair) => (isScalar(pair.key) ? String(pair.key.value) : ''))
    : []
  const spelt = names.find((name) => name.trim().toLowerCase() === key.gateway.toLowerCase())
  return [...key.where, spelt ?? key.gateway]
}

/** The price for everybody; one for a single gateway is another. */
function capabilityOf(
  document: Document,
  { where, pipeline, model }: Extract<PriceKey, { kind: 'capability' }>,
): { readonly map: YAMLMap; readonly index: number } | undefined {
  const list = document.getIn(where, true)
  if (!isSeq(list)) return undefined
  const index = list.items.findIndex(
    (item) =>
      isMap(item) &&
      item.get('pipeline') === pipeline &&
      (item.get('model') ?? 'default') === model &&
      !item.has('gateway'),
  )
  const map = list.items[index]
  return isMap(map) ? { map, index } : undefined
}

function isTextScalar(node: unknown): node is Scalar<string> {
  return isScalar(node) && typeof node.value === 'string'
}

/**
 * The value of `price set`, or none with --unset.
 *
 * @throws {UsageError} VALUE_MISSING, VALUE_SURPLUS
 */
export function valueToSet(value: string | undefined, unset: boolean): string | undefined {
  if (unset && value !== undefined) {
    throw new UsageError('VALUE_SURPLUS', 'a value and --unset exclude each other')
  }
  if (!unset && (value === undefined || value.trim() === '')) {
    throw new UsageError('VALUE_MISSING', 'what to set it to is missing', {
      nextSteps: ['lp-pay price set gateway.maxPrice 2000wei/pixel, or --unset'],
    })
  }
  return value
}
