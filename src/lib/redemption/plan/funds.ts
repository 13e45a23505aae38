import { payout } from '../../pm/payout.ts'
import type { Candidate, Payment } from './candidate.ts'
import { chooseItems } from './knapsack.ts'
import { groupBy, sumOf } from './lists.ts'
import type { PlanChain } from './types.ts'

/** What one sender's tickets are paid from, in wei. */
export interface Funds {
  /** Shared by all recipients, and used first. */
  readonly depositWei: bigint
  /** What a recipient can still claim from the reserve in this round: nobody else takes it from him. */
  slice(candidate: Candidate): bigint
}

export function fundsOf(sender: string, chain: PlanChain): Funds {
  return {
    depositWei: chain.senders.get(sender)?.depositWei ?? 0n,
    slice({ pair }) {
      const wei = chain.claimable.get(pair) ?? 0n
      return wei > 0n ? wei : 0n
    },
  }
}

/** A recipient's tickets of one sender, against what it can claim from that sender's reserve. */
export interface Share {
  readonly recipient: string
  readonly candidates: readonly Candidate[]
  readonly totalWei: bigint
  readonly sliceWei: bigint
  /** Those that the deposit has to pay whole when another recipient's ticket takes the last of it. */
  readonly covered: readonly Candidate[]
  readonly coveredWei: bigint
}

/** Steps in the search for the tickets that fill a slice best; enough for the best of about ten. */
const fillSteps = 500

export function sharesOf(candidates: readonly Candidate[], funds: Funds): Share[] {
  const groups = [...groupBy(candidates, ({ recipient }) => recipient)]
  return groups.map(([recipient, group]) => makeShare(recipient, group, funds, groups.length > 1))
}

function makeShare(
  recipient: string,
  candidates: readonly Candidate[],
  funds: Funds,
  rivals: boolean,
): Share {
  const totalWei = faceValueOf(candidates)
  const [first] = candidates
  const sliceWei = first === undefined ? 0n : funds.slice(first)
  if (!rivals || totalWei <= sliceWei) {
    return { recipient, candidates, totalWei, sliceWei, covered: [], coveredWei: 0n }
  }
  const items = candidates.map(({ ticket }) => ({
    weight: ticket.faceValue,
    value: ticket.faceValue,
    account: 0,
  }))
  const filling = new Set(
    chooseItems(items, { shared: 0n, own: [sliceWei] }, { steps: fillSteps, goodEnough: 1000n }),
  )
  const covered = candidates.filter((_, index) => !filling.has(index))
  return { recipient, candidates, totalWei, sliceWei, covered, coveredWei: faceValueOf(covered) }
}

/** What a recipient's tickets need of the deposit beyond its slice. */
export function excessOf({ totalWei, sliceWei }: Share): bigint {
  return totalWei > sliceWei ? totalWei - sliceWei : 0n
}

/**
 * The recipient whose ticket takes the last of the deposit and the rest from its slice, for the deposit to suffice as
 * far as it can: a ticket is paid from the deposit while there is any, so only one is paid from both.
 */
export function lastOnDeposit(shares: readonly Share[]): Share | undefined {
  const gain = (share: Share) => share.coveredWei - excessOf(share)
  return shares.reduce<Share | undefined>(
    (best, share) => (best === undefined || gain(share) > gain(best) ? share : best),
    undefined,
  )
}

/**
 * The least deposit from which a sender's tickets can all be paid in full in some order, in wei: the tickets that
 * do not fit the slices of their recipients whole, and of one recipient only what is beyond its slice.
 */
export function depositNeeded(candidates: readonly Candidate[], funds: Funds): bigint {
  return depositNeededFor(sharesOf(candidates, funds))
}

export function depositNeededFor(shares: readonly Share[]): bigint {
  const last = lastOnDeposit(shares)
  if (last === undefined) return 0n
  return sumOf(shares, ({ coveredWei }) => coveredWei) + excessOf(last) - last.coveredWei
}

/** wei */
export function faceValueOf(candidates: readonly Candidate[]): bigint {
  return sumOf(candidates, ({ ticket }) => ticket.faceValue)
}

/** What is left of a sender's funds after payments in their order. */
export function remainingFunds(funds: Funds, payments: readonly Payment[]): Funds {
  let { depositWei } = funds
  const claimed = new Map<string, bigint>()
  const slice = (candidate: Candidate) => funds.slice(candidate) - (claimed.get(candidate.pair) ?? 0n)
  for (const { candidate } of payments) {
    const { faceValue } = candidate.ticket
    const taken = payout(faceValue, { depositWei, claimableReserveWei: slice(candidate) })
    depositWei -= taken.fromDepositWei
    claimed.set(candidate.pair, (claimed.get(candidate.pair) ?? 0n) + taken.fromReserveWei)
  }
  return { depositWei, slice }
}
