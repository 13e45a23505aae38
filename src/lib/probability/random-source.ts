import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** Where simulations take their chances from. */
export interface RandomSource {
  /** A number between 0 and 1, neither of them, with 52 random bits. */
  next(): number
}

/**
 * The same numbers for the same seed, on every machine and in every version: xoroshiro128+ from a state that splitmix64
 * makes of the seed, as its authors advise. It is for simulations; keys and recipientRand need randomness that nobody
 * can repeat.
 *
 * @param seed of which the low 64 bits count
 */
export function seededRandom(seed: bigint): RandomSource {
  const [first, second] = splitmix64(seed)
  const generator = xoroshiro128plusFromState([...halvesOf(first), ...halvesOf(second)])
  return {
    next() {
      // The lowest bits of the sum are the generator's weak ones.
      const high = generator.next() >>> 6
      const low = generator.next() >>> 6
      return (high * 2 ** 26 + low + 0.5) / 2 ** 52
    },
  }
}

/** A number from `low` up to, not with, `high`. */
export function uniform(random: RandomSource, low: number, high: number): number {
  return low + (high - low) * random.next()
}

const wrap = (value: bigint) => BigInt.asUintN(64, value)

/** Two numbers of 64 bits, of which at most one is zero. */
function splitmix64(seed: bigint): readonly [bigint, bigint] {
  const at = (step: bigint) => {
    let mixed = wrap(seed + step * 0x9e3779b97f4a7c15n)
    mixed = wrap((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n)
    mixed = wrap((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn)
    return mixed ^ (mixed >> 31n)
  }
  return [at(1n), at(2n)]
}

function halvesOf(value: bigint): readonly [number, number] {
  return [Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value))]
}
