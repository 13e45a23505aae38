import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, YAMLMap } from 'yaml'

import { sanitize } from './sanitize.ts'
import { isNestedTooDeeply } from './yaml-nesting.ts'

/** Where something stands in a text; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Something wrong in a YAML text, thrown by who reads it. */
export class YamlFault extends Error {
  /** Characters before it. */
  readonly offset: number
  readonly nextStep: string | undefined

  constructor(offset: number, message: string, nextStep?: string) {
    super(message)
    this.offset = offset
    this.nextStep = nextStep
  }
}

/** A fault as it may be shown. */
export interface PlacedFault {
  /** What is wrong, and where: `... at line 2, column 3`. */
  readonly message: string
  readonly place: Place
  readonly nextStep: string | undefined
  readonly cause: YamlFault
}

/**
 * Reads YAML from outside of which only maps, lists and texts are taken. Every value is the text that it is, so that
 * 0.1 stays exact and 0x... an address; aliases, which a bomb is made of, and a key twice are refused.
 *
 * @param read throws a {@link YamlFault} for what it does not take
 * @param refuse makes the error of a fault
 */
export function readStrictYaml<Value>(
  text: string,
  read: (document: Document, placeOf: (offset: number) => Place) => Value,
  refuse: (fault: PlacedFault) => Error,
): Value {
  const lineCounter = new LineCounter()
  // Before the parser has seen a line, the counter knows of none.
  const placeOf = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  try {
    return read(parseStrict(text, lineCounter), placeOf)
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error
    const place = placeOf(error.offset)
    const message = `${sanitize(error.message)} at line ${String(place.line)}, column ${String(place.column)}`
    throw refuse({ message, place, nextStep: error.nextStep, cause: error })
  }
}

/** The characters before a node of a document. */
export function offsetOf(node: unknown): number {
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0
}

/** @throws {YamlFault} when a node is no plain text */
export function textOf(node: unknown, what: string): string {
  if (isScalar(node) && typeof node.value === 'string') return node.value
  throw new YamlFault(offsetOf(node), `${what} must be a plain text or number`)
}

function parseStrict(text: string, lineCounter: LineCounter): Document {
  if (isNestedTooDeeply(text)) throw tooDeeplyNested()
  const document = parseDocument(text, {
    schema: 'failsafe',
    // It compares every key with every other; see refuseRepeatedKeys.
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    lineCounter,
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) throw new YamlFault(problem.pos[0], problem.message)
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node) || node.anchor !== undefined)
        throw new YamlFault(offsetOf(node), 'aliases are not taken')
      if (node.tag !== undefined) throw new YamlFault(offsetOf(node), 'tags are not taken')
      if (isMap(node)) refuseRepeatedKeys(node)
    },
  })
  return document
}

function refuseRepeatedKeys(map: YAMLMap): void {
  const keys = new Set<unknown>()
  for (const { key } of map.items) {
    const name = isScalar(key) ? key.value : key
    if (keys.has(name)) throw new YamlFault(offsetOf(key), 'Map keys must be unique')
    keys.add(name)
  }
}

function tooDeeplyNested(): YamlFault {
  return new YamlFault(0, 'it is nested too deeply')
}
