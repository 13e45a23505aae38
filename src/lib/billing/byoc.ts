import { UsageError } from '../errors.ts'
import { ceilRational, divideRational, floorRational, multiplyRational, rational } from '../pm/rational.ts'
import type { Rational } from '../pm/rational.ts'
import { covers, payFor } from './account.ts'
import type { PaymentAccount } from './account.ts'

/** Seconds that a balance must last before an orchestrator takes a job of an external capability. */
export const byocNeededSeconds = 60n
/** Seconds up to which a gateway fills it. */
export const byocFilledSeconds = 120n
/** While a job runs, this many seconds are debited at once. */
export const byocDebitSeconds = 5n

/** A recipient takes no more nonces. */
const mostTickets = 600n

/**
 * wei a second of an external capability: its `price_per_unit` / `price_scaling`, where a scaling of 0 is 1.
 *
 * @throws {UsageError} PRICE_INVALID, when one of them is below zero
 */
export function byocPrice(pricePerUnit: bigint, priceScaling: bigint): Rational {
  if (pricePerUnit < 0n || priceScaling < 0n) {
    throw new UsageError('PRICE_INVALID', 'a price and its scaling are not below zero')
  }
  return rational(pricePerUnit, priceScaling === 0n ? 1n : priceScaling)
}

/** Whether an orchestrator begins: the balance lasts a minute, or the job is free. */
export function byocAccepts(account: PaymentAccount, weiPerSecond: Rational): boolean {
  return covers(account, multiplyRational(rational(byocNeededSeconds), weiPerSecond))
}

/**
 * The gateway's side: tickets that fill the balance up to two minutes, none while it lasts that long.
 *
 * @throws {PreconditionError} TICKET_EV_ZERO, TICKETS_TOO_MANY above 600
 */
export function fillByoc(
  account: PaymentAccount,
  { weiPerSecond, ev }: { readonly weiPerSecond: Rational; readonly ev: Rational },
): { readonly account: PaymentAccount; readonly numTickets: bigint } {
  const fee = multiplyRational(rational(byocFilledSeconds), weiPerSecond)
  return covers(account, fee) ? { account, numTickets: 0n } : payFor(account, { fee, ev, most: mostTickets })
}

/**
 * Seconds debited of a job by a moment: whole fives while it runs, and all, rounded up, once it has ended.
 *
 * @throws {UsageError} DURATION_INVALID, when it is below zero
 */
export function byocDebited(elapsedSeconds: Rational, ended: 'running' | 'ended'): bigint {
  if (elapsedSeconds.numerator < 0n) {
    throw new UsageError('DURATION_INVALID', 'no less than zero seconds can have passed')
  }
  if (ended === 'ended') return ceilRational(elapsedSeconds)
  return floorRational(divideRational(elapsedSeconds, rational(byocDebitSeconds))) * byocDebitSeconds
}
