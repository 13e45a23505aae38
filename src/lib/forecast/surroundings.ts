import type { Address } from 'viem'

import { PreconditionError, UsageError } from '../errors.ts'
import { reserveAlloc } from '../pm/reserve-alloc.ts'
import { defaultTicketEvWei, faceValue } from '../pm/ticket-parameters.ts'
import { winProb } from '../pm/win-prob.ts'
import type { SenderState } from '../sender/read-sender.ts'
import type { StreamClass } from '../simulation/workload.ts'
import type { StreamsOfClass } from './stream-class.ts'

/** What surrounds a workload: read from a chain, or supposed. */
export interface Surroundings {
  /** null: nobody was asked */
  readonly network: string | null
  /** null: no sender was read */
  readonly sender: Address | null
  /** null: not known, as are the others */
  readonly depositWei: bigint | null
  readonly reserveWei: bigint | null
  /** What of the reserve was claimed in this round. */
  readonly claimedWei: bigint
  readonly gasPriceWei: bigint | null
  readonly poolSize: bigint
}

/** Values that stand in for those of a chain. */
export interface Supposed {
  readonly depositWei?: bigint | undefined
  readonly reserveWei?: bigint | undefined
  readonly gasPriceWei?: bigint | undefined
  readonly poolSize?: bigint | undefined
}

/** Orchestrators of the active set on mainnet. */
export const mainnetPoolSize = 100n

/** What is supposed, and for the rest what was read of a sender, if one was. */
export function surroundingsOf(
  supposed: Supposed,
  read?: { readonly network: string; readonly state: SenderState },
): Surroundings {
  const state = read?.state
  return {
    network: read?.network ?? null,
    sender: state?.address ?? null,
    depositWei: supposed.depositWei ?? state?.depositWei ?? null,
    reserveWei: supposed.reserveWei ?? state?.reserveWei ?? null,
    claimedWei: supposed.reserveWei === undefined ? (state?.reserveClaimedInCurrentRoundWei ?? 0n) : 0n,
    gasPriceWei: supposed.gasPriceWei ?? state?.gasPriceWei ?? null,
    poolSize: supposed.poolSize ?? state?.poolSize ?? mainnetPoolSize,
  }
}

/** The float that the reserve leaves an orchestrator; without a limit when no reserve is known. */
export function floatOf({ reserveWei, claimedWei, poolSize }: Surroundings): bigint {
  if (reserveWei === null) return 2n ** 256n
  return reserveAlloc({ fundsRemainingWei: reserveWei, claimedInCurrentRoundWei: claimedWei, poolSize })
}

/** What tickets are worth where a class of streams does not say it. */
export interface SaidTickets {
  /** go-livepeer's default when absent */
  readonly ticketEvWei?: bigint | undefined
  /** what an orchestrator makes of the gas price and the reserve when absent */
  readonly faceValueWei?: bigint | undefined
}

/**
 * Streams with the tickets that they send.
 *
 * @throws {UsageError} FACE_VALUE_UNKNOWN
 * @throws {PreconditionError} RESERVE_TOO_LOW when an orchestrator offers no tickets
 */
export function withTickets(
  streams: readonly StreamsOfClass[],
  said: SaidTickets,
  surroundings: Surroundings,
): StreamClass[] {
  return streams.map((each) => {
    const { name, streams: count, weiPerHour } = each
    const ticketEvWei = each.ticketEvWei ?? said.ticketEvWei ?? defaultTicketEvWei
    const faceValueWei = each.faceValueWei ?? said.faceValueWei
    return {
      ...(name !== undefined && { name }),
      streams: count,
      weiPerHour,
      ...(faceValueWei === undefined ? offered(ticketEvWei, surroundings) : { ticketEvWei, faceValueWei }),
    }
  })
}

function offered(ticketEvWei: bigint, surroundings: Surroundings) {
  const { gasPriceWei, reserveWei } = surroundings
  // Who has no reserve yet wants to know which one to make.
  const maxFloatWei = floatOf(reserveWei === 0n ? { ...surroundings, reserveWei: null } : surroundings)
  if (gasPriceWei === null) {
    throw new UsageError('FACE_VALUE_UNKNOWN', 'the face value of the tickets is not known', {
      nextSteps: ['--face-value 0.0012, or --gas-price 0.01gwei to take what an orchestrator makes of it'],
    })
  }
  const offer = faceValue({ ticketEvWei, gasPriceWei, maxFloatWei })
  if (offer.refusal === undefined) {
    return {
      ticketEvWei,
      faceValueWei: offer.faceValueWei,
      winProb: winProb(offer.faceValueWei, ticketEvWei),
    }
  }
  throw new PreconditionError('RESERVE_TOO_LOW', 'orchestrators refuse a sender with this reserve', {
    details: { reserveWei, gasPriceWei, faceValueWei: offer.faceValueWei, txCostWei: offer.txCostWei },
    nextSteps: ['--reserve 0.36 supposes one that is accepted at any gas price'],
  })
}
