import type { Address } from 'viem'

import type { Connection } from '../contracts/connect.ts'
import { floorRational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { ticketEv } from '../pm/ticket-ev.ts'
import { formatAmount } from '../pricing/price.ts'
import type { Quantity } from '../pricing/price-unit.ts'
import type { WeiPrice } from '../pricing/wei-price.ts'
import { readSender } from '../sender/read-sender.ts'
import type { SenderState } from '../sender/read-sender.ts'
import { overGasPrices, refusalGasPrice } from './gas-prices.ts'
import type { AtGasPrice } from './gas-prices.ts'
import { judgeOffer } from './judge-offer.ts'
import type { OfferCheck, SpendingLimits } from './judge-offer.ts'
import { missingFunds } from './missing-funds.ts'
import type { MissingFunds } from './missing-funds.ts'
import { nextStepFor } from './next-steps.ts'
import type { Offer, OrchestratorTerms } from './offer.ts'

/** What an orchestrator would offer a sender, as `lp-pay params` shows it. */
export interface SenderParams {
  readonly network: string
  readonly sender: {
    readonly address: Address
    readonly depositWei: bigint
    readonly reserveWei: bigint
    readonly claimableByOneOrchestratorWei: bigint
    readonly activeOrchestrators: bigint
  }
  readonly gasPriceWei: bigint
  /** Whether the gas price is a supposition, not the network's. */
  readonly gasPriceSupposed: boolean
  readonly ticketEvWei: bigint
  /** null: no maximum */
  readonly maxFaceValueWei: bigint | null
  readonly accepted: boolean
  readonly offer: OfferReport
  readonly checks: readonly (CheckReport & { readonly nextStep: string | null })[]
  /** The least that has to be added; null where no amount helps. */
  readonly missing: MissingFunds | null
  readonly gasPrices: readonly GasPriceReport[]
  /** The least gas price above this one at which an accepted sender is refused; null: none, or refused already. */
  readonly refusedFromGasPriceWei: bigint | null
}

export type CheckReport = Pick<OfferCheck, 'by' | 'name' | 'outcome' | 'reason'>

export interface OfferReport {
  readonly faceValueWei: bigint
  readonly txCostWei: bigint
  /** What decided the face value. */
  readonly boundBy: Offer['boundBy']
  /** of 2^256 - 1; null when nothing is offered */
  readonly winProb: bigint | null
  /** Rounded down; null when nothing is offered. */
  readonly evWei: bigint | null
  /** What redemptions add to the price, in basis points rounded up: 100 is 1 %; null when nothing is offered. */
  readonly overheadBasisPoints: bigint | null
  /** wei for one of the quantity, as decimals or a fraction; null when no price was asked about. */
  readonly price: {
    readonly quantity: Quantity
    readonly ownWei: string
    /** null when nothing is offered */
    readonly advertisedWei: string | null
  } | null
}

export interface GasPriceReport {
  readonly times: bigint
  readonly gasPriceWei: bigint
  readonly accepted: boolean
  readonly faceValueWei: bigint
  readonly boundBy: Offer['boundBy']
  readonly winProb: bigint | null
  readonly overheadBasisPoints: bigint | null
}

/** What is asked: the terms with their price, the gateway's limits, and the gas price where it is not the network's. */
export interface ParamsQuestion {
  readonly terms: Omit<OrchestratorTerms, 'price'>
  readonly price?: WeiPrice
  readonly limits?: SpendingLimits
  readonly gasPriceWei?: bigint
}

/** Reads a sender in one round trip, and says what orchestrators would offer it. */
export async function senderParams(
  connection: Connection,
  address: Address,
  question: ParamsQuestion,
): Promise<SenderParams> {
  const state = await readSender(connection, address)
  return { network: connection.network.name, ...describeParams(state, question) }
}

/** The same of a state that was read before. */
export function describeParams(
  state: SenderState,
  { terms, price, limits = {}, gasPriceWei }: ParamsQuestion,
): Omit<SenderParams, 'network'> {
  const sender = gasPriceWei === undefined ? state : { ...state, gasPriceWei }
  const asked = price === undefined ? terms : { ...terms, price: price.wei }
  const judged = judgeOffer(sender, asked, limits)
  const { offer, checks, accepted } = judged
  return {
    sender: {
      address: sender.address,
      depositWei: sender.depositWei,
      reserveWei: sender.reserveWei,
      claimableByOneOrchestratorWei: offer.claimableWei,
      activeOrchestrators: sender.poolSize,
    },
    gasPriceWei: sender.gasPriceWei,
    gasPriceSupposed: gasPriceWei !== undefined,
    ticketEvWei: terms.ticketEvWei,
    maxFaceValueWei: terms.maxFaceValueWei ?? null,
    accepted,
    offer: reportOffer(offer, price),
    checks: checks.map((check) => ({
      by: check.by,
      name: check.name,
      outcome: check.outcome,
      reason: check.reason,
      nextStep: nextStepFor(check, sender, asked, limits, judged) ?? null,
    })),
    missing: missingFunds(sender, asked, limits) ?? null,
    gasPrices: overGasPrices(sender, asked, limits).map(reportGasPrice),
    refusedFromGasPriceWei: refusalGasPrice(sender, asked, limits) ?? null,
  }
}

function reportOffer(offer: Offer, price: WeiPrice | undefined): OfferReport {
  const { faceValueWei, txCostWei, boundBy, winProb } = offer
  return {
    faceValueWei,
    txCostWei,
    boundBy,
    winProb: winProb ?? null,
    evWei: winProb === undefined ? null : floorRational(ticketEv({ faceValue: faceValueWei, winProb })),
    overheadBasisPoints: offer.overheadBasisPoints ?? null,
    price:
      price === undefined
        ? null
        : {
            quantity: price.quantity,
            ownWei: formatAmount(price.wei),
            advertisedWei: formatOrNull(offer.advertisedPrice),
          },
  }
}

function formatOrNull(amount: Rational | undefined): string | null {
  return amount === undefined ? null : formatAmount(amount)
}

function reportGasPrice({ times, gasPriceWei, accepted, offer }: AtGasPrice): GasPriceReport {
  return {
    times,
    gasPriceWei,
    accepted,
    faceValueWei: offer.faceValueWei,
    boundBy: offer.boundBy,
    winProb: offer.winProb ?? null,
    overheadBasisPoints: offer.overheadBasisPoints ?? null,
  }
}
