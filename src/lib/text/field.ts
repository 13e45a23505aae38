import { isMap, isScalar, isSeq } from 'yaml'

import { LpPayError } from '../errors.ts'
import { closest } from './closest.ts'
import { offsetOf, textOf, YamlFault } from './strict-yaml.ts'

/** Where everything stands in a YAML file. */
export interface FieldPlaces {
  /** What the whole is called where it has no path: `a price file`. */
  readonly whole: string
  /** Characters before each value, by path. */
  readonly offsets: Map<string, number>
}

/** A value of a YAML file, which knows what it is called there: `gateway.capabilities[0].price`. */
export class Field {
  readonly path: string
  private readonly node: unknown
  private readonly offset: number
  private readonly places: FieldPlaces

  constructor(path: string, node: unknown, offset: number, places: FieldPlaces) {
    this.path = path
    this.node = node
    this.offset = offset
    this.places = places
    places.offsets.set(path, offset)
  }

  /**
   * The values of a map by their names, of which others are refused.
   *
   * @throws {YamlFault}
   */
  fields<Key extends string>(keys: readonly Key[]): Partial<Record<Key, Field>> {
    const found: Partial<Record<Key, Field>> = {}
    for (const { name, node, at, offset } of this.pairs()) {
      const key = keys.find((known) => known === name)
      if (key === undefined) {
        const like = closest(name, keys)
        const where = this.path === '' ? this.places.whole : this.path
        throw new YamlFault(
          at,
          `${where} has no "${name}"`,
          like === undefined ? `it may have ${keys.join(', ')}` : `did you mean ${like}?`,
        )
      }
      found[key] = new Field(this.path === '' ? key : `${this.path}.${key}`, node, offset, this.places)
    }
    return found
  }

  /**
   * The values of a map by what their names mean, which may not be the same for two.
   *
   * @throws {YamlFault}
   */
  entries<Key extends string>(parseKey: (name: string) => Key): ReadonlyMap<Key, Field> {
    const found = new Map<Key, Field>()
    for (const { name, node, at, offset } of this.pairs()) {
      const key = orFault(this.path, at, () => parseKey(name))
      if (found.has(key)) throw new YamlFault(at, `${this.path}: ${key} is there twice`)
      found.set(key, new Field(`${this.path}.${key}`, node, offset, this.places))
    }
    return found
  }

  /** @throws {YamlFault} when it is no list */
  items(): readonly Field[] {
    if (this.isEmpty()) return []
    if (!isSeq(this.node)) throw this.fault('must be a list')
    return this.node.items.map(
      (node, index) =>
        new Field(`${this.path}[${String(index)}]`, node, offsetOf(node) || this.offset, this.places),
    )
  }

  /** What its text means; a fault says where it stands what `parse` says of it. */
  read<Value>(parse: (text: string) => Value): Value {
    const text = textOf(this.node, `${this.path}: it`)
    return orFault(this.path, this.offset, () => parse(text))
  }

  fault(why: string, nextStep?: string): YamlFault {
    return new YamlFault(this.offset, this.path === '' ? `it ${why}` : `${this.path} ${why}`, nextStep)
  }

  private pairs() {
    if (this.isEmpty()) return []
    if (!isMap(this.node)) throw this.fault('must be a map')
    return this.node.items.map(({ key, value }) => ({
      name: textOf(key, 'a name'),
      node: value,
      at: offsetOf(key),
      // Nothing behind a name stands where the name does.
      offset: value === null || isEmptyText(value) ? offsetOf(key) : offsetOf(value),
    }))
  }

  /** A name with nothing behind it: a section that somebody has emptied. */
  private isEmpty(): boolean {
    return this.node === null || isEmptyText(this.node)
  }
}

function isEmptyText(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === ''
}

function orFault<Value>(path: string, offset: number, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof LpPayError)) throw cause
    throw new YamlFault(offset, `${path}: ${cause.message}`, cause.nextSteps[0])
  }
}
