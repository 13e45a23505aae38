import * as Flags from '@oclif/core/flags'

import { UsageError } from '../lib/errors.ts'
import { streamsOf } from '../lib/forecast/stream-class.ts'
import type { StreamsOfClass } from '../lib/forecast/stream-class.ts'
import type { SaidTickets, Supposed } from '../lib/forecast/surroundings.ts'
import { parseHorizon, parseRisk, parseSpend, parseStreams } from '../lib/forecast/values.ts'
import { readWorkloadFile } from '../lib/forecast/workload-file.ts'
import type { Rational } from '../lib/pm/rational.ts'
import type { Price } from '../lib/pricing/price.ts'
import type { Rate } from '../lib/pricing/rate.ts'
import type { Shape } from '../lib/pricing/shape.ts'
import { parseDuration } from '../lib/units/duration.ts'
import { addressFlag } from './address.ts'
import { amountFlag } from './amount.ts'
import { gasPriceFlag, priceFlag } from './orchestrator.ts'
import { shapeFlag } from './pricing.ts'
import { rateFlags } from './rate.ts'

const streamsFlag = Flags.custom<Rational>({
  helpValue: 'N',
  parse: (text) => Promise.resolve(parseStreams(text)),
})

const spendFlag = Flags.custom<Price>({
  helpValue: '0.012eth',
  parse: (text) => Promise.resolve(parseSpend(text)),
})

export const horizonFlag = Flags.custom<bigint>({
  helpValue: 'HOURS',
  parse: (text) => Promise.resolve(parseHorizon(text)),
})

export const riskFlag = Flags.custom<number>({
  helpValue: '0.1%',
  parse: (text) => Promise.resolve(parseRisk(text)),
})

/** A whole number above zero. */
export const positiveFlag = Flags.custom<bigint>({
  helpValue: 'N',
  parse(text) {
    if (/^\d{1,9}$/.test(text) && /[1-9]/.test(text)) return Promise.resolve(BigInt(text))
    throw new UsageError('NUMBER_INVALID', 'this is not a whole number above zero, of at most 9 digits')
  },
})

const helpGroup = 'WORKLOAD'

/** What is paid for. */
export const workloadFlags = {
  streams: streamsFlag({ description: 'how many streams there are at once', helpGroup }),
  shape: { ...shapeFlag, description: 'what they are, for prices by the pixel: 720p30', helpGroup },
  price: priceFlag({ description: 'what they pay: 1200wei/pixel, 3.50USD/hour', helpGroup }),
  interval: Flags.string({
    description: 'how often each of them pays; 2s when absent, as for segments; live video pays every 5s',
    helpGroup,
    helpValue: '2s',
  }),
  spend: spendFlag({
    description: 'instead of streams, what all of them spend in an hour, or 7USD/day',
    helpGroup,
    exclusive: ['streams', 'shape', 'price', 'interval', 'workload'],
  }),
  workload: Flags.string({
    description: 'instead, a file with several classes of streams',
    helpGroup,
    helpValue: 'FILE',
    exclusive: ['streams', 'shape', 'price', 'spend'],
  }),
  rate: { ...rateFlags.rate, helpGroup },
  feed: { ...rateFlags.feed, helpGroup },
}

/** What the tickets are worth. */
export const ticketFlags = {
  'ticket-ev': amountFlag({
    description: 'expected value of a ticket; 8gwei when absent',
    helpGroup: 'TICKETS',
  }),
  'face-value': amountFlag({
    description: 'what a winner pays; when absent, what orchestrators make of gas price and reserve',
    helpGroup: 'TICKETS',
  }),
}

/** What is read from a chain where there is a sender, and what stands in for it. */
export const surroundingsFlags = {
  sender: addressFlag({
    description:
      'read deposit, reserve, gas price and pool size of this account; yours when it is configured',
    helpGroup: 'CHAIN',
  }),
  offline: Flags.boolean({
    description: 'ask no chain',
    helpGroup: 'CHAIN',
    exclusive: ['sender'],
  }),
  reserve: amountFlag({ description: 'suppose this reserve', helpGroup: 'CHAIN' }),
  'gas-price': gasPriceFlag({ description: 'suppose this gas price, with its unit', helpGroup: 'CHAIN' }),
  'pool-size': positiveFlag({
    description: 'suppose so many active orchestrators; 100 when nobody is asked',
    helpGroup: 'CHAIN',
  }),
}

export interface WorkloadValues {
  readonly streams?: Rational | undefined
  readonly shape?: Shape | undefined
  readonly price?: Price | undefined
  readonly interval?: string | undefined
  readonly spend?: Price | undefined
  readonly workload?: string | undefined
  readonly rate?: Rate | undefined
}

/**
 * The workload that flags describe.
 *
 * @throws {UsageError} WORKLOAD_MISSING, and what of it cannot be understood
 * @throws {ConfigurationError} as `readWorkloadFile`
 */
export async function readWorkload(flags: WorkloadValues): Promise<StreamsOfClass[]> {
  const { streams, shape, price, spend, workload, rate } = flags
  const intervalSeconds = parseDuration(flags.interval ?? '2s')
  if (workload !== undefined) return readWorkloadFile(workload, { rate, intervalSeconds })
  if (spend !== undefined) return [streamsOf({ spend }, rate)]
  if (streams !== undefined && price !== undefined) {
    return [streamsOf({ streams, price, shape, intervalSeconds }, rate)]
  }
  throw new UsageError('WORKLOAD_MISSING', 'what is paid for is not known', {
    nextSteps: [
      '--streams 100 --shape 720p30 --price 1200wei/pixel, or --spend 0.012eth, or --workload FILE',
    ],
  })
}

/** What flags say of tickets. */
export function readTickets(flags: {
  readonly 'ticket-ev'?: bigint | undefined
  readonly 'face-value'?: bigint | undefined
}): SaidTickets {
  return { ticketEvWei: flags['ticket-ev'], faceValueWei: flags['face-value'] }
}

/** What flags suppose of the surroundings. */
export function readSupposed(flags: {
  readonly deposit?: bigint | undefined
  readonly reserve?: bigint | undefined
  readonly 'gas-price'?: bigint | undefined
  readonly 'pool-size'?: bigint | undefined
}): Supposed {
  return {
    depositWei: flags.deposit,
    reserveWei: flags.reserve,
    gasPriceWei: flags['gas-price'],
    poolSize: flags['pool-size'],
  }
}
