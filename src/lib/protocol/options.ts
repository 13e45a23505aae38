import type { Address, Hex } from 'viem'

import { UsageError } from '../errors.ts'

/** Whose rules the TicketBroker follows, by the year of their deployment; `devnet` has both. */
export type ContractRules = '2022' | '2026'

/** What is played, and with how much. Everybody of a kind is alike but for keys and luck. */
export interface ProtocolOptions {
  readonly senders: number
  readonly orchestrators: number
  /** That senders want to send, all of them together, evenly over the time. */
  readonly tickets: number
  /** For how many rounds tickets are sent. */
  readonly rounds: number
  /** How often in a round orchestrators look at the chain and redeem. */
  readonly redemptionsPerRound: number
  /** L1 blocks */
  readonly roundLength: number
  readonly firstRound: bigint
  /** rounds */
  readonly ticketValidityPeriod: bigint
  /** Orchestrators in the active set, who share each reserve; at least those that play. */
  readonly poolSize: bigint
  readonly rules: ContractRules
  readonly ticketEvWei: bigint
  /** What orchestrators want; a sender's reserve may make it less. */
  readonly faceValueWei: bigint
  /** of each sender */
  readonly depositWei: bigint
  readonly reserveWei: bigint
  /** wei a gas */
  readonly gasPriceWei: bigint
  /** Those of the orchestrators, where they have some already; made of the random source when absent. */
  readonly orchestratorAddresses?: readonly Address[]
}

export interface RoundInfo {
  readonly round: bigint
  /** The hash of its block, which tickets carry. */
  readonly blockHash: Hex
}

/** So many take hours on one core. */
const mostTickets = 10_000_000
const mostWinners = 100_000n

const limits = {
  senders: [1, 1000],
  orchestrators: [1, 100],
  tickets: [1, mostTickets],
  rounds: [1, 1000],
  redemptionsPerRound: [1, 100],
  roundLength: [50, 1_000_000],
} as const satisfies Partial<Record<keyof ProtocolOptions, readonly [number, number]>>

/** @throws {UsageError} PROTOCOL_OPTION_INVALID, EV_NOT_BELOW_FACE_VALUE, WINNERS_TOO_MANY */
export function checkProtocolOptions(options: ProtocolOptions): void {
  for (const [name, [least, most]] of Object.entries(limits)) {
    const value = options[name as keyof typeof limits]
    if (Number.isSafeInteger(value) && value >= least && value <= most) continue
    throw invalid(`${nameOf(name)} must be from ${least} to ${most}`)
  }
  const { ticketEvWei, faceValueWei, depositWei, reserveWei, gasPriceWei, poolSize } = options
  if (ticketEvWei <= 0n || gasPriceWei <= 0n) throw invalid('ticket EV and gas price must be above zero')
  if (depositWei < 0n || reserveWei < 0n) throw invalid('deposit and reserve must not be below zero')
  if (poolSize < BigInt(options.orchestrators)) {
    throw invalid(`the pool has ${poolSize} orchestrators, and ${options.orchestrators} play`)
  }
  if (ticketEvWei >= faceValueWei) {
    throw new UsageError('EV_NOT_BELOW_FACE_VALUE', 'the ticket EV must be below the face value', {
      details: { ticketEvWei, faceValueWei },
      nextSteps: ['raise --face-value, or lower --ticket-ev'],
    })
  }
  const winners = (BigInt(options.tickets) * ticketEvWei) / faceValueWei
  if (winners > mostWinners) {
    throw new UsageError(
      'WINNERS_TOO_MANY',
      `that would have about ${winners} winners, at most ${mostWinners}`,
      {
        details: { expectedWinners: winners, mostWinners },
        nextSteps: ['lower --tickets or --ticket-ev, or raise --face-value'],
      },
    )
  }
}

function nameOf(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function invalid(why: string): UsageError {
  return new UsageError('PROTOCOL_OPTION_INVALID', why)
}
