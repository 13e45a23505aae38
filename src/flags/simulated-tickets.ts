import * as Flags from '@oclif/core/flags'

import { mainnetRules, devnetRules } from '../lib/devnet/rules.ts'
import { UsageError } from '../lib/errors.ts'
import type { TicketsQuestion } from '../lib/replay/play-tickets.ts'
import { amountFlag, amountOrZeroFlag } from './amount.ts'
import { winProbFlag } from './numbers.ts'
import { gasPriceFlag } from './orchestrator.ts'
import { playFlags } from './play.ts'
import { wholeNumberFlag } from './whole-number.ts'
import { positiveFlag } from './workload.ts'

const tickets = 'TICKETS'
const money = 'MONEY'

/** Who plays, with how many tickets and how much. */
export const ticketsFlags = {
  senders: wholeNumberFlag({ description: 'how many gateways', default: 2, helpValue: 'N' }),
  orchestrators: wholeNumberFlag({
    description: 'how many orchestrators get their tickets',
    default: 3,
    helpValue: 'N',
  }),
  'pool-size': positiveFlag({
    description: 'active orchestrators, who share each reserve; as many as play when absent',
  }),
  tickets: wholeNumberFlag({
    description: 'how many tickets gateways want to send, all together',
    default: 10_000,
    helpGroup: tickets,
    helpValue: 'N',
  }),
  rounds: wholeNumberFlag({
    description: 'for how many rounds',
    default: 2,
    helpGroup: tickets,
    helpValue: 'N',
  }),
  redemptions: wholeNumberFlag({
    description: 'how often in a round orchestrators redeem',
    default: 4,
    helpGroup: tickets,
    helpValue: 'N',
  }),
  'face-value': amountFlag({
    description: 'what a winner pays; when absent, what orchestrators make of the gas price',
    helpGroup: tickets,
  }),
  'win-prob': winProbFlag({
    description: 'the probability of winning; 1/100 when absent',
    helpGroup: tickets,
    exclusive: ['ticket-ev'],
  }),
  'ticket-ev': amountFlag({
    description: 'instead, what a ticket is worth on average',
    helpGroup: tickets,
  }),
  deposit: amountOrZeroFlag({
    description: 'of each gateway; when absent, twice what its tickets are worth and a face value',
    helpGroup: money,
  }),
  reserve: amountOrZeroFlag({
    description: 'of each gateway; when absent, a face value for each orchestrator of the pool',
    helpGroup: money,
  }),
  'gas-price': gasPriceFlag({ description: 'with its unit; 0.01gwei when absent', helpGroup: money }),
  rules: Flags.option({
    description: "the contract's rules: 2026 are mainnet's since July 2026, 2022 those before",
    options: devnetRules,
    default: mainnetRules,
  })(),
  seed: playFlags.seed,
}

interface TicketsValues {
  readonly senders: number
  readonly orchestrators: number
  readonly 'pool-size'?: bigint | undefined
  readonly tickets: number
  readonly rounds: number
  readonly redemptions: number
  readonly 'face-value'?: bigint | undefined
  readonly 'win-prob'?: bigint | undefined
  readonly 'ticket-ev'?: bigint | undefined
  readonly deposit?: bigint | undefined
  readonly reserve?: bigint | undefined
  readonly 'gas-price'?: bigint | undefined
  readonly rules: TicketsQuestion['rules']
  readonly seed?: bigint | undefined
  readonly on?: 'devnet' | undefined
  readonly network?: string | undefined
  readonly 'rpc-url'?: readonly string[] | undefined
}

/** @throws {UsageError} SIMULATION_OF_NO_NETWORK */
export function readTicketsQuestion(flags: TicketsValues): TicketsQuestion {
  if (flags.network !== undefined || flags['rpc-url'] !== undefined) {
    throw new UsageError('SIMULATION_OF_NO_NETWORK', 'a simulation has keys that everybody may know', {
      nextSteps: ['leave --network and --rpc-url out: --on devnet starts a devnet of its own'],
    })
  }
  const { senders, orchestrators, rounds, rules } = flags
  return {
    ...{ senders, orchestrators, rounds, rules, tickets: flags.tickets },
    redemptionsPerRound: flags.redemptions,
    poolSize: flags['pool-size'],
    faceValueWei: flags['face-value'],
    winProb: flags['win-prob'],
    ticketEvWei: flags['ticket-ev'],
    depositWei: flags.deposit,
    reserveWei: flags.reserve,
    gasPriceWei: flags['gas-price'] ?? 10_000_000n,
    seed: flags.seed ?? 1n,
  }
}
