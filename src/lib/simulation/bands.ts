import { binomial } from '../probability/binomial.ts'
import { ratioOfNumber } from '../probability/ratio-of-number.ts'

/** One quantile of the deposit over time, in wei. */
export interface Band {
  readonly probability: number
  readonly depositWei: readonly bigint[]
  /** Where the true quantile lies, with the confidence of the run. */
  readonly lowWei: readonly bigint[]
  readonly highWei: readonly bigint[]
}

export interface BandRequest {
  readonly probability: number
  readonly confidence: number
  readonly depositWei: bigint
  readonly unitWei: bigint
}

/**
 * A quantile of what is left, with the interval that order statistics give without any assumption: the number of trials
 * below the true quantile is binomial.
 *
 * @param spent of each step in ascending order, in units
 */
export function bandOf(
  spent: readonly Float64Array[],
  { probability, confidence, depositWei, unitWei }: BandRequest,
): Band {
  const trials = spent[0]?.length ?? 0
  // What is left rises as what is spent falls.
  const share = 1 - probability
  const below = binomial(BigInt(trials), ratioOfNumber(share))
  const side = (1 - confidence) / 2
  const at = (rank: number) => {
    const index = Math.min(trials - 1, Math.max(0, rank - 1))
    return spent.map((values) => {
      const left = depositWei - BigInt(values[index] ?? 0) * unitWei
      return left < 0n ? 0n : left
    })
  }
  return {
    probability,
    depositWei: at(Math.ceil(share * trials)),
    lowWei: at(Number(below.upperQuantile(side)) + 1),
    highWei: at(Number(below.quantile(side))),
  }
}
