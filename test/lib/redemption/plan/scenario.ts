import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { keccak256, numberToHex } from 'viem'
import type { Address } from 'viem'

import { defaultPlanOptions } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanInput } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanOptions } from '../../../../src/lib/redemption/plan/types.ts'
import { toPlanChain } from './ticket-broker.ts'
import type { BrokerState, BrokerTicket } from './ticket-broker.ts'

/** A planner's input and the contract's state behind it. */
export interface Scenario {
  readonly state: BrokerState
  readonly tickets: readonly BrokerTicket[]
  readonly gasPriceWei: bigint
  readonly dataGasPerTicket: bigint
  readonly options: PlanOptions
}

export const currentRound = 100n

export function toInput({ state, tickets, gasPriceWei, dataGasPerTicket, options }: Scenario): PlanInput {
  return {
    tickets,
    chain: toPlanChain(state),
    gas: { executionWei: gasPriceWei, dataGasPerTicket },
    options,
  }
}

export const senderAddress = (index: number) => numberToHex(0xa0 + index, { size: 20 })
export const recipientAddress = (index: number) => numberToHex(0xb0 + index, { size: 20 })

export interface ScenarioLimits {
  readonly tickets: number
  readonly least?: number
  readonly senders: number
  readonly recipients: number
  readonly options?: Arbitrary<Partial<PlanOptions>>
  /** Whether every deposit is enough for all. */
  readonly plentiful?: boolean
  /** Whether some senders, recipients and tickets are such that the contract refuses them. */
  readonly refusals?: boolean
}

/** Amounts are in gas at this price, so that gas matters sometimes much and sometimes little. */
export const referencePriceWei = 10n ** 8n

const logarithmic = (least: number, most: number) =>
  fc
    .double({ min: Math.log(least), max: Math.log(most), noNaN: true })
    .map((power) => BigInt(Math.round(Math.exp(power))))

const amount = logarithmic(60_000, 20_000_000).map((gas) => gas * referencePriceWei)

export function scenarios(limits: ScenarioLimits): Arbitrary<Scenario> {
  const round = limits.refusals === true ? fc.constantFrom(98n, 99n, 100n, 101n) : fc.constantFrom(99n, 100n)
  const withdrawRound =
    limits.refusals === true
      ? fc.constantFrom(0n, 0n, 0n, 99n, 100n, 101n)
      : fc.constantFrom(0n, 0n, 0n, 101n, 102n)
  const faceValues = fc.oneof(
    amount,
    fc.constantFrom(2n, 3n, 5n, 10n).map((n) => n * 10n ** 13n),
  )
  const ticket = fc.record({
    sender: fc.nat(limits.senders - 1),
    recipient: fc.nat(limits.recipients - 1),
    faceValue: faceValues,
    creationRound: round,
  })
  const sender = fc.record({
    depositWei:
      limits.plentiful === true
        ? fc.constant(10n ** 20n)
        : fc.oneof(
            fc.constant(0n),
            faceValues,
            faceValues.map((wei) => wei * 4n),
            fc.constant(10n ** 20n),
          ),
    reserveWei: fc.oneof(
      fc.constant(0n),
      faceValues.map((wei) => wei * 4n),
      faceValues.map((wei) => wei * 12n),
    ),
    withdrawRound,
    claimedShares: fc.array(fc.nat(100), { minLength: limits.recipients, maxLength: limits.recipients }),
  })
  return fc.record({
    tickets: fc
      .array(ticket, { minLength: limits.least ?? 0, maxLength: limits.tickets, size: 'max' })
      .map((list) =>
        list.map(({ sender: from, recipient, ...rest }, index) => ({
          ...rest,
          hash: keccak256(numberToHex(index)),
          sender: senderAddress(from),
          recipient: recipientAddress(recipient),
        })),
      ),
    state: fc
      .record({
        poolSize: fc.constantFrom(4n, 10n),
        senders: fc.array(sender, { minLength: limits.senders, maxLength: limits.senders }),
        recipients: fc.array(
          fc.record({
            active: limits.refusals === true ? fc.constantFrom(true, true, false) : fc.constant(true),
            paidThisRound: fc.boolean(),
          }),
          { minLength: limits.recipients, maxLength: limits.recipients },
        ),
      })
      .map(makeState),
    gasPriceWei: logarithmic(1_000_000, 1_000_000_000),
    dataGasPerTicket: fc.constantFrom(0n, 0n, 3_000n),
    options: (limits.options ?? fc.constant({})).map((changes) => ({ ...defaultPlanOptions, ...changes })),
  })
}

interface RawState {
  readonly poolSize: bigint
  readonly senders: readonly {
    depositWei: bigint
    reserveWei: bigint
    withdrawRound: bigint
    claimedShares: readonly number[]
  }[]
  readonly recipients: readonly { active: boolean; paidThisRound: boolean }[]
}

/** Recipients have claimed parts of their slices, as the contract would have let them. */
function makeState({ poolSize, senders, recipients }: RawState): BrokerState {
  return {
    currentRound,
    ticketValidityPeriod: 2n,
    poolSize,
    recipients: recipients.map((recipient, index) => ({ ...recipient, address: recipientAddress(index) })),
    senders: senders.map(({ depositWei, reserveWei, withdrawRound, claimedShares }, index) => {
      const slice = reserveWei / poolSize
      const claimed = new Map<Address, bigint>(
        // Mostly nothing: a share above the half counts as none.
        claimedShares.map((share, at) => [
          recipientAddress(at),
          share > 50 ? 0n : (slice * BigInt(share)) / 50n,
        ]),
      )
      const gone = [...claimed.values()].reduce((sum, wei) => sum + wei, 0n)
      return {
        address: senderAddress(index),
        depositWei,
        reserveWei: reserveWei - gone,
        withdrawRound,
        claimed,
      }
    }),
  }
}
