import type { Axis, Quantity } from './figure.ts'
import { toWhole } from './ticks.ts'
import type { Domain } from './ticks.ts'

/** The domain that holds all quantities, never empty; with `zero` it begins or ends there at least. */
export function domainOf(axis: Axis, quantities: readonly Quantity[], from: 'zero' | 'least'): Domain {
  const isLog = axis.scale === 'log'
  const usable = quantities.filter((each) => Number.isFinite(Number(each)) && (!isLog || each > 0))
  return axis.values === 'bigint'
    ? spread(usable.map(toWhole), from === 'zero' && !isLog ? [0n] : [], 0n, 1n)
    : spread(usable.map(Number), from === 'zero' && !isLog ? [0] : [], 0, 1)
}

function spread<Value extends Quantity>(
  values: readonly Value[],
  more: readonly Value[],
  zero: Value,
  one: Value,
): Domain {
  const [first = one, ...rest] = [...values, ...more]
  const low = rest.reduce((least, value) => (value < least ? value : least), first)
  const high = rest.reduce((most, value) => (value > most ? value : most), first)
  if (low < high) return [low, high]
  return high > zero ? [zero, high] : high < zero ? [low, zero] : [zero, one]
}

/** Where a quantity is between the ends of a domain, from 0 to 1: always finite. */
export function placeIn(axis: Axis, [low, high]: Domain): (quantity: Quantity) => number {
  if (axis.scale === 'log' && low > 0) {
    const [from, to] = [Math.log10(Number(low)), Math.log10(Number(high))]
    return (quantity) => (quantity > 0 ? clamp((Math.log10(Number(quantity)) - from) / (to - from)) : 0)
  }
  if (axis.values === 'bigint') {
    const [from, to] = [toWhole(low), toWhole(high)]
    // Subtracted as integers: amounts may be great and near to each other.
    return (quantity) => clamp(Number(toWhole(quantity) - from) / Number(to - from))
  }
  const [from, to] = [Number(low), Number(high)]
  // Halved, as the whole may be more than a float holds.
  return (quantity) => clamp((Number(quantity) / 2 - from / 2) / (to / 2 - from / 2))
}

function clamp(place: number): number {
  return Number.isNaN(place) ? 0 : Math.min(1, Math.max(0, place))
}
