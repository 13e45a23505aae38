/** The members of each key, in their order. */
export function groupBy<Key, Member>(
  members: readonly Member[],
  keyOf: (member: Member) => Key,
): Map<Key, readonly Member[]> {
  const groups = new Map<Key, Member[]>()
  for (const member of members) {
    const key = keyOf(member)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [member])
    else group.push(member)
  }
  return groups
}

export function sumOf<Member>(members: readonly Member[], amountOf: (member: Member) => bigint): bigint {
  let sum = 0n
  for (const member of members) sum += amountOf(member)
  return sum
}

export function compare(a: bigint | string, b: bigint | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
