import { CheckFailedError, DeclinedError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import { faceValue as faceValueOf } from '../pm/ticket-parameters.ts'
import { maxWinProb, winProb as winProbOf } from '../pm/win-prob.ts'
import { seededRandom } from '../probability/random-source.ts'
import { checkProtocolOptions } from '../protocol/options.ts'
import type { ContractRules, ProtocolOptions } from '../protocol/options.ts'
import { playProtocol } from '../protocol/play-protocol.ts'
import type { ProtocolHooks, ProtocolReport } from '../protocol/play-protocol.ts'
import { protocolEngine } from '../protocol/protocol-engine.ts'
import { playOnDevnet } from './play-on-devnet.ts'
import type { DevnetPlace } from './play-on-devnet.ts'
import type { Comparison } from './replay.ts'

/** What is asked for; what is absent follows from the rest. */
export interface TicketsQuestion extends Pick<
  ProtocolOptions,
  'senders' | 'orchestrators' | 'tickets' | 'rounds' | 'redemptionsPerRound' | 'gasPriceWei'
> {
  readonly rules: ContractRules
  readonly seed: bigint
  /** As many as play, when absent. */
  readonly poolSize?: bigint | undefined
  /** What orchestrators make of the gas price, when absent. */
  readonly faceValueWei?: bigint | undefined
  /** Of 2^256 - 1, in the place of an EV. */
  readonly winProb?: bigint | undefined
  /** A hundredth of the face value, when absent. */
  readonly ticketEvWei?: bigint | undefined
  /** Twice what its tickets are worth, when absent. */
  readonly depositWei?: bigint | undefined
  /** A face value for each orchestrator of the pool, when absent. */
  readonly reserveWei?: bigint | undefined
}

export interface TicketsReport extends ProtocolReport {
  readonly seed: bigint
  readonly rules: ContractRules
  readonly faceValueWei: bigint
  readonly ticketEvWei: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly poolSize: bigint
  readonly gasPriceWei: bigint
  /** That senders wanted to send, had it not been interrupted. */
  readonly asked: number
  /** What all senders have lost, which is what all orchestrators have got. */
  readonly paidWei: bigint
  /** What the contract made of it; null when it was not asked. */
  readonly devnet: Comparison | null
}

export interface PlayTicketsOptions {
  readonly question: TicketsQuestion
  readonly hooks: Pick<ProtocolHooks, 'onProgress' | 'onTickets'>
  readonly signal: AbortSignal
  /** Repeats it on a devnet of its own. */
  readonly devnet?: DevnetPlace | undefined
}

/** About mainnet's L1 blocks of a round, and how many rounds a ticket is valid. */
const roundLength = 6377
const ticketValidityPeriod = 2n
const firstRound = 1n
const devnetPool = 3n
const usualOneIn = 100n

/** @throws {UsageError} those of `playProtocol`, and what a devnet throws */
export async function playTickets({
  question,
  hooks,
  signal,
  devnet,
}: PlayTicketsOptions): Promise<TicketsReport> {
  const options = optionsOf(question, devnet !== undefined)
  checkProtocolOptions(options)
  const { seed } = question
  const played =
    devnet === undefined
      ? {
          report: await playProtocol(options, seededRandom(seed), await protocolEngine(), {
            ...hooks,
            signal,
          }),
          comparison: null,
        }
      : await playOnDevnet({ options, seed, hooks, signal, ...devnet })
  const { rules, faceValueWei, ticketEvWei, depositWei, reserveWei, poolSize, gasPriceWei } = options
  return {
    ...played.report,
    ...{ seed, rules, faceValueWei, ticketEvWei, depositWei, reserveWei, poolSize, gasPriceWei },
    winProb: winProbOf(faceValueWei, ticketEvWei),
    asked: options.tickets,
    paidWei: played.report.senders.reduce((sum, { paidWei }) => sum + paidWei, 0n),
    devnet: played.comparison,
  }
}

function optionsOf(question: TicketsQuestion, onDevnet: boolean): ProtocolOptions {
  const { senders, orchestrators, tickets, gasPriceWei } = question
  const poolSize = onDevnet ? devnetPool : (question.poolSize ?? BigInt(orchestrators))
  const faceValueWei = question.faceValueWei ?? usualFaceValue(gasPriceWei)
  const ticketEvWei =
    question.winProb === undefined
      ? (question.ticketEvWei ?? faceValueWei / usualOneIn)
      : (faceValueWei * question.winProb + maxWinProb / 2n) / maxWinProb
  const worthWei = BigInt(Number.isSafeInteger(tickets) ? tickets : 0) * ticketEvWei
  return {
    ...{ senders, orchestrators, tickets, gasPriceWei, poolSize, faceValueWei, ticketEvWei },
    rounds: question.rounds,
    redemptionsPerRound: question.redemptionsPerRound,
    rules: question.rules,
    depositWei: question.depositWei ?? (2n * worthWei) / BigInt(Math.max(1, senders)) + faceValueWei,
    reserveWei: question.reserveWei ?? poolSize * faceValueWei,
    ...{ roundLength, firstRound, ticketValidityPeriod },
  }
}

/** What an orchestrator asks for where no reserve is short. */
function usualFaceValue(gasPriceWei: bigint): bigint {
  return faceValueOf({ ticketEvWei: 0n, gasPriceWei, maxFloatWei: 2n ** 255n }).faceValueWei
}

/** The error that a report amounts to: it was interrupted, or the contract sees it otherwise. */
export function failedPlay({ complete, wanted, asked, devnet }: TicketsReport): LpPayError | undefined {
  if (!complete || devnet?.complete === false) {
    return new DeclinedError('INTERRUPTED', `interrupted after ${wanted} of ${asked} tickets`, {
      details: { played: wanted, asked },
    })
  }
  if (devnet === null || devnet.differences.length === 0) return undefined
  const { differences, compared } = devnet
  return new CheckFailedError(
    'DEVNET_DIFFERS',
    `${differences.length} of ${compared} amounts are not what the contract makes of them`,
    { details: { differences: differences.length, compared } },
  )
}
