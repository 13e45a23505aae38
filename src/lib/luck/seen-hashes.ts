import type { Hex } from 'viem'

/** Words of a place: the beginning of a hash, 64 bits of it. */
const words = 2
const leastPlaces = 1 << 12

/**
 * Which ticket hashes came before, in 16 to 32 bytes each: a million are 32 MB at the most. 64 bits are compared, so that
 * among a million tickets two are taken for one with a probability of 3e-8.
 */
export class SeenHashes {
  #table = new Uint32Array(leastPlaces * words)
  #size = 0

  /** @returns whether it is new */
  add(hash: Hex): boolean {
    if (this.#size * 2 * words >= this.#table.length) this.#grow()
    // A place with two zeros is a free one.
    const added = place(this.#table, Number.parseInt(hash.slice(2, 10), 16) || 1, low(hash))
    if (added) this.#size++
    return added
  }

  #grow(): void {
    const table = new Uint32Array(this.#table.length * 2)
    for (let index = 0; index < this.#table.length; index += words) {
      const [first = 0, second = 0] = this.#table.subarray(index, index + words)
      if (first !== 0) place(table, first, second)
    }
    this.#table = table
  }
}

function low(hash: Hex): number {
  return Number.parseInt(hash.slice(10, 18), 16)
}

function place(table: Uint32Array, first: number, second: number): boolean {
  const places = table.length / words
  for (let index = second % places; ; index = (index + 1) % places) {
    const at = index * words
    if (table[at] === 0) {
      table[at] = first
      table[at + 1] = second
      return true
    }
    if (table[at] === first && table[at + 1] === second) return false
  }
}
