/** What may be chosen. Weight and value are more than zero. */
export interface Item {
  readonly weight: bigint
  readonly value: bigint
  /** Whose own funds it may use, as an index. */
  readonly account: number
}

/** Funds: each account's own, and what all share once their own is used up. */
export interface Funds {
  readonly shared: bigint
  readonly own: readonly bigint[]
}

export interface Effort {
  /** Steps of the search. */
  readonly steps: number
  /** Good enough, in thousandths of what could be reached at best. */
  readonly goodEnough: bigint
}

/** What a question to `isAllowed` counts for. */
const stepsToAsk = 20

/**
 * Chooses items of the greatest value whose weights the funds bear: branch and bound in the order of value by weight,
 * from the greedy choice on. The bound takes a part of the first item that does not fit. Stops at what is good enough
 * and when the steps are used up.
 *
 * @param isAllowed the last word on a choice that the funds bear
 * @returns indexes of the items, ascending
 */
export function chooseItems(
  items: readonly Item[],
  funds: Funds,
  effort: Effort,
  isAllowed: (chosen: readonly number[]) => boolean = () => true,
): number[] {
  const order = items.map((_, index) => index).sort(byDensity(items))
  const sorted = order.flatMap((index) => items[index] ?? [])
  const bound = fractionalBound(sorted)
  const lightest = lightestFrom(sorted)
  const used = funds.own.map(() => 0n)
  let room = funds.shared + funds.own.reduce((sum, own) => sum + own, 0n)
  let shared = funds.shared
  let value = 0n

  function sharedNeeded({ weight, account }: Item): bigint {
    const free = (funds.own[account] ?? 0n) - (used[account] ?? 0n)
    return free >= weight ? 0n : free > 0n ? weight - free : weight
  }
  function take(item: Item): void {
    shared -= sharedNeeded(item)
    used[item.account] = (used[item.account] ?? 0n) + item.weight
    room -= item.weight
    value += item.value
  }
  function putBack(item: Item): void {
    used[item.account] = (used[item.account] ?? 0n) - item.weight
    shared += sharedNeeded(item)
    room += item.weight
    value -= item.value
  }

  const best: { value: bigint; chosen: readonly number[] } = { value: 0n, chosen: [] }
  const enough = bound(0, room) * effort.goodEnough
  const taken: number[] = []
  let at = 0
  for (let step = 0; step < effort.steps && best.value * 1000n < enough; step++) {
    const item = sorted[at]
    if (item !== undefined && room >= (lightest[at] ?? 0n)) {
      if (sharedNeeded(item) <= shared) {
        take(item)
        taken.push(at)
      }
      at += 1
      continue
    }
    if (value > best.value) {
      step += stepsToAsk
      if (isAllowed(taken.map((place) => order[place] ?? 0))) {
        best.value = value
        best.chosen = [...taken]
      }
    }
    do {
      const last = taken.pop()
      const left = last === undefined ? undefined : sorted[last]
      if (last === undefined || left === undefined) return asIndexes(best.chosen)
      putBack(left)
      // Without this one, those just like it would only make the same choices again.
      at = last + 1
      while (isAlike(sorted[at], left)) at += 1
      step += 1
    } while (value + bound(at, room) <= best.value)
  }
  return asIndexes(best.chosen)

  function asIndexes(chosen: readonly number[]): number[] {
    return chosen.map((place) => order[place] ?? 0).sort((a, b) => a - b)
  }
}

function isAlike(a: Item | undefined, b: Item): boolean {
  return a?.weight === b.weight && a.value === b.value && a.account === b.account
}

function byDensity(items: readonly Item[]): (a: number, b: number) => number {
  return (left, right) => {
    const a = items[left]
    const b = items[right]
    if (a === undefined || b === undefined) return 0
    const difference = b.value * a.weight - a.value * b.weight || b.weight - a.weight
    if (difference !== 0n) return difference < 0n ? -1 : 1
    return a.account - b.account || left - right
  }
}

/** The weight of the lightest item from each place on. */
function lightestFrom(sorted: readonly Item[]): bigint[] {
  const lightest: bigint[] = []
  let least: bigint | undefined
  for (const { weight } of [...sorted].reverse()) {
    least = least === undefined || weight < least ? weight : least
    lightest.push(least)
  }
  return lightest.reverse()
}

/** The most value that sorted items from one on can have in a room, if the last may be taken in part. */
function fractionalBound(sorted: readonly Item[]): (from: number, room: bigint) => bigint {
  const weights = [0n]
  const values = [0n]
  for (const [index, { weight, value }] of sorted.entries()) {
    weights.push((weights[index] ?? 0n) + weight)
    values.push((values[index] ?? 0n) + value)
  }
  return (from, room) => {
    const limit = (weights[from] ?? 0n) + room
    let low = from
    let high = sorted.length
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((weights[middle] ?? 0n) <= limit) low = middle
      else high = middle - 1
    }
    const whole = (values[low] ?? 0n) - (values[from] ?? 0n)
    const next = sorted[low]
    if (next === undefined) return whole
    return whole + ((limit - (weights[low] ?? 0n)) * next.value) / next.weight + 1n
  }
}
