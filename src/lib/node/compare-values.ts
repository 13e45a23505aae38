import { compareRational, multiplyRational, rational, subtractRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import type { NodeState } from './read-node.ts'
import type { NodeValue } from './node-values.ts'

/** How a value of the file stands to what the node holds. */
export type ValueState =
  | 'equal'
  | 'differs'
  /** It can be set, and the node does not tell it. */
  | 'notReadable'
  /** The node takes it only when it is started, and does not tell it. */
  | 'startOnly'
  /** The node holds it and the file does not name it: it is left alone. */
  | 'notInFile'

export interface ComparedValue {
  readonly path: string
  /** In words. */
  readonly what: string
  readonly state: ValueState
  /** As it is written in the file. */
  readonly file: string | null
  /** wei for one unit; null for what is no amount. */
  readonly fileWei: Rational | null
  /** What the node holds, in wei for one unit; null when it holds none or does not tell. */
  readonly nodeWei: Rational | null
  /** What it is for: `pixel`, `ms`, `ticket`. */
  readonly unit: string | null
}

/**
 * Holds what a file says against what a node says.
 *
 * @param threshold how far a price that follows a rate may be from the file's without counting as different
 */
export function compareValues(
  values: readonly NodeValue[],
  { side, prices }: NodeState,
  threshold: Rational,
): readonly ComparedValue[] {
  const named = new Set(values.map(({ readAs }) => readAs))
  const others = [...prices].filter(([name]) => !named.has(name))
  return [
    ...values.map((value) => ({
      path: value.path,
      what: value.what,
      state: stateOf(value, prices, threshold),
      file: value.written,
      fileWei: value.wei ?? null,
      nodeWei: heldBy(prices, value) ?? null,
      unit: value.wei === undefined ? null : value.unit,
    })),
    ...others.map(([name, wei]) => ({
      path: name,
      what: name.slice(side.length + 1),
      state: 'notInFile' as const,
      file: null,
      fileWei: null,
      nodeWei: wei,
      unit: 'pixel',
    })),
  ]
}

/** What the node holds of a value; undefined when nothing, or when it does not tell. */
export function heldBy(prices: NodeState['prices'], { readAs }: NodeValue): Rational | undefined {
  return readAs === undefined ? undefined : prices.get(readAs)
}

/** Whether two amounts are further apart than a part of the first. */
export function isFarFrom(wanted: Rational, held: Rational, threshold: Rational): boolean {
  const { numerator, denominator } = subtractRational(wanted, held)
  const distance = rational(numerator < 0n ? -numerator : numerator, denominator)
  return compareRational(distance, multiplyRational(wanted, threshold)) > 0
}

function stateOf(value: NodeValue, prices: NodeState['prices'], threshold: Rational): ValueState {
  if (value.request === undefined) return 'startOnly'
  if (value.readAs === undefined || value.wei === undefined) return 'notReadable'
  const held = heldBy(prices, value)
  if (held === undefined) return 'differs'
  return isFarFrom(value.wei, held, value.followsRate ? threshold : rational(0n)) ? 'differs' : 'equal'
}
