import { UsageError } from '../errors.ts'
import {
  ceilRational,
  compareRational,
  divideRational,
  floorRational,
  multiplyRational,
  rational,
} from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { defaultMaxTicketEvWei, defaultMaxTotalEvWei } from '../pm/send-checks.ts'
import { redeemGas } from '../pm/ticket-parameters.ts'
import { roundDigits } from '../pm/round-digits.ts'

export interface TicketEvRequest {
  /** wei of one payment: the price of its interval */
  readonly paymentWei: Rational
  /** The gateways' settings; go-livepeer's defaults when absent. */
  readonly maxTicketEvWei?: bigint
  readonly maxTotalEvWei?: bigint
}

/**
 * Why an EV is what it is: `threeTickets` is the bound below, by tickets of a payment; `oneTicket` the bound above, as a
 * greater EV lets a payment wait for the next; `maxTicketEv` and `maxTotalEv` are the gateway's limits.
 */
export type TicketEvReason = 'threeTickets' | 'oneTicket' | 'maxTicketEv' | 'maxTotalEv'

export interface TicketEvAdvice {
  /** wei; payments are of 1 to 3 tickets between the two */
  readonly leastWei: bigint
  readonly mostWei: bigint
  /** About two tickets a payment, of two digits; undefined when nothing is between the two. */
  readonly suggestedWei: bigint | undefined
  readonly leastBy: TicketEvReason
  readonly mostBy: TicketEvReason
  /** Tickets of a payment at the EV. */
  readonly tickets: bigint | undefined
}

/**
 * The ticket EV with which a payment is 1 to 3 tickets, ceil(payment / EV) of them.
 *
 * @throws {UsageError} PAYMENT_INVALID when it is not above zero
 */
export function adviseTicketEv(request: TicketEvRequest): TicketEvAdvice {
  const { paymentWei, maxTicketEvWei = defaultMaxTicketEvWei, maxTotalEvWei = defaultMaxTotalEvWei } = request
  if (paymentWei.numerator <= 0n) throw new UsageError('PAYMENT_INVALID', 'a payment is more than zero')
  const leastWei = ceilRational(divideRational(paymentWei, rational(3n)))
  const limits: readonly (readonly [TicketEvReason, bigint])[] = [
    ['oneTicket', floorRational(paymentWei)],
    ['maxTicketEv', maxTicketEvWei],
    ['maxTotalEv', maxTotalEvWei],
  ]
  const [mostBy, mostWei] = limits.reduce((a, b) => (b[1] < a[1] ? b : a))
  // Up, as a person would write it, so that two tickets remain two.
  const half = roundDigits(ceilRational(divideRational(paymentWei, rational(2n))), 2, 'up')
  const clamped = half > mostWei ? mostWei : half < leastWei ? leastWei : half
  const isPossible = leastWei <= mostWei && clamped > 0n
  // All tickets of a payment together are held against maxTotalEV.
  const tickets = isPossible ? ceilRational(divideRational(paymentWei, rational(clamped))) : undefined
  const isWithin = tickets !== undefined && tickets * clamped <= maxTotalEvWei
  return {
    leastWei,
    mostWei,
    suggestedWei: isWithin ? clamped : undefined,
    leastBy: 'threeTickets',
    mostBy: tickets !== undefined && !isWithin ? 'maxTotalEv' : mostBy,
    tickets: isWithin ? tickets : undefined,
  }
}

export interface FaceValueRequest {
  readonly ticketEvWei: bigint
  /** wei a gas */
  readonly gasPriceWei: bigint
  /** The most that redeeming may add to the price, as a part of it; 1 % when absent. */
  readonly overhead?: Rational
  readonly poolSize: bigint
  /** gas; go-livepeer's constant when absent */
  readonly redeemGas?: bigint
}

export interface FaceValueAdvice {
  /** wei: the least with which txCost / faceValue is not above the overhead; never below the EV */
  readonly faceValueWei: bigint
  /** What decided it. */
  readonly by: 'overhead' | 'ticketEv'
  /** wei: the reserve of a sender whose tickets may have this face value */
  readonly reserveWei: bigint
  /** One ticket in so many wins. */
  readonly oneIn: Rational
}

/**
 * The face value that keeps the cost of redeeming below a part of what tickets pay. A greater one is cheaper still, and
 * makes income more a matter of luck.
 *
 * @throws {UsageError} OVERHEAD_INVALID, TICKET_EV_INVALID, GAS_PRICE_INVALID, POOL_SIZE_INVALID
 */
export function adviseFaceValue(request: FaceValueRequest): FaceValueAdvice {
  const { ticketEvWei, gasPriceWei, poolSize, overhead = rational(1n, 100n) } = request
  if (compareRational(overhead, rational(0n)) <= 0) {
    throw new UsageError('OVERHEAD_INVALID', 'redeeming always costs something: give a part above zero')
  }
  if (ticketEvWei <= 0n) throw new UsageError('TICKET_EV_INVALID', 'a ticket EV is more than zero')
  if (gasPriceWei < 0n) throw new UsageError('GAS_PRICE_INVALID', 'a gas price is not below zero')
  if (poolSize <= 0n)
    throw new UsageError('POOL_SIZE_INVALID', 'the active set has at least one orchestrator')
  const txCostWei = (request.redeemGas ?? redeemGas) * gasPriceWei
  const least = ceilRational(divideRational(rational(txCostWei), overhead))
  const faceValueWei = least > ticketEvWei ? least : ticketEvWei
  return {
    faceValueWei,
    by: least > ticketEvWei ? 'overhead' : 'ticketEv',
    reserveWei: faceValueWei * poolSize,
    oneIn: multiplyRational(rational(faceValueWei), rational(1n, ticketEvWei)),
  }
}
