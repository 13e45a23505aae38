import { check } from './check.ts'
import type { PmCheck } from './check.ts'
import { compareRational, formatRational, multiplyRational, rational } from './rational.ts'
import type { Rational } from './rational.ts'
import { ticketEv } from './ticket-ev.ts'
import { unlocksSoon } from './unlocks-soon.ts'

/** L1 blocks for which an orchestrator's ticket parameters hold. */
export const paramsExpirationBlocks = 40n
/** L1 blocks: a sender refuses parameters this close to their end. */
export const paramsExpiryBufferBlocks = 1n
/** wei: a gateway's default of `-maxTicketEV`. */
export const defaultMaxTicketEvWei = 3_000_000_000_000n
/** wei: a gateway's default of `-maxTotalEV`. */
export const defaultMaxTotalEvWei = 20_000_000_000_000n

/** The ticket parameters that an orchestrator offers, and what a gateway holds against them. */
export interface SendInputs {
  /** wei */
  readonly faceValue: bigint
  /** of 2^256 - 1 */
  readonly winProb: bigint
  /** L1 block */
  readonly expirationBlock: bigint
  readonly lastL1Block: bigint
  readonly lastInitializedRound: bigint
  readonly depositWei: bigint
  readonly reserveWei: bigint
  /** 0n: no unlock was begun */
  readonly withdrawRound: bigint
  /** How many tickets are to be sent; 1 when absent. */
  readonly numTickets?: bigint
  /** The gateway's settings; go-livepeer's defaults when absent. */
  readonly maxTicketEvWei?: bigint
  readonly maxTotalEvWei?: bigint
  readonly depositMultiplier?: bigint
}

export type SendCheckName =
  | 'expirationBlock'
  | 'paramsExpiry'
  | 'ev'
  | 'faceValueAboveEv'
  | 'maxTicketEv'
  | 'unlock'
  | 'reserve'
  | 'deposit'
  | 'maxTotalEv'
  | 'depositMultiplier'

export type SendCheck = PmCheck<SendCheckName>

/**
 * A gateway's checks before it sends tickets, in go-livepeer's order and with its reasons (`sender.validateTicketParams`).
 * All are made, whatever an earlier one found, but where the tickets are free: then the third decides, and no later one
 * is made.
 */
export function sendChecks(inputs: SendInputs): SendCheck[] {
  const ev = ticketEv(inputs)
  const untilExpiry = inputs.expirationBlock - inputs.lastL1Block
  const first = [
    check('expirationBlock', inputs.expirationBlock !== 0n, {
      passed: `the parameters expire at L1 block ${inputs.expirationBlock}`,
      failed: 'ticketParams expiration block is 0',
    }),
    check('paramsExpiry', untilExpiry > paramsExpiryBufferBlocks, {
      passed: `the parameters hold for ${untilExpiry} L1 blocks`,
      failed: 'TicketParams expired',
    }),
  ]
  if (ev.numerator <= 0n) {
    return [...first, { name: 'ev', outcome: 'passed', reason: 'the tickets are free' }, ...decided]
  }
  return [
    ...first,
    { name: 'ev', outcome: 'passed', reason: `a ticket is worth ${formatRational(ev, 5)} wei` },
    ...checkTicket(inputs, ev),
    ...checkFunds(inputs),
    ...checkAmounts(inputs, ev),
  ]
}

/** Why a gateway sends no ticket: the first failed check; undefined when it sends them. */
export function sendRefusal(checks: readonly SendCheck[]): SendCheck | undefined {
  return checks.find(({ outcome }) => outcome === 'failed')
}

const laterChecks = [
  'faceValueAboveEv',
  'maxTicketEv',
  'unlock',
  'reserve',
  'deposit',
  'maxTotalEv',
  'depositMultiplier',
] as const satisfies readonly SendCheckName[]

const decided = laterChecks.map((name): SendCheck => ({
  name,
  outcome: 'notChecked',
  reason: 'free tickets are always sent',
}))

function checkTicket(
  { faceValue, maxTicketEvWei = defaultMaxTicketEvWei }: SendInputs,
  ev: Rational,
): SendCheck[] {
  return [
    check('faceValueAboveEv', compareRational(ev, rational(faceValue)) < 0, {
      passed: 'the face value is above the EV',
      failed: `ticket faceValue too low faceValue=${faceValue}`,
    }),
    check('maxTicketEv', compareRational(ev, rational(maxTicketEvWei)) <= 0, {
      passed: `the EV is at most ${maxTicketEvWei} wei`,
      failed: `ticket EV ${formatRational(ev, 5)} > max ticket EV ${formatRational(rational(maxTicketEvWei), 5)}`,
    }),
  ]
}

function checkFunds({
  withdrawRound,
  lastInitializedRound,
  reserveWei,
  depositWei,
}: SendInputs): SendCheck[] {
  return [
    check('unlock', !unlocksSoon(withdrawRound, lastInitializedRound), {
      passed: 'deposit and reserve do not unlock soon',
      failed: 'deposit and reserve is set to unlock soon',
    }),
    check('reserve', reserveWei !== 0n, { passed: 'there is a reserve', failed: 'no sender reserve' }),
    check('deposit', depositWei !== 0n, { passed: 'there is a deposit', failed: 'no sender deposit' }),
  ]
}

function checkAmounts(inputs: SendInputs, ev: Rational): SendCheck[] {
  const { faceValue, numTickets = 1n, maxTotalEvWei = defaultMaxTotalEvWei, depositMultiplier = 1n } = inputs
  const totalEv = multiplyRational(ev, rational(numTickets))
  const maxFaceValue = inputs.depositWei / depositMultiplier
  return [
    check('maxTotalEv', compareRational(totalEv, rational(maxTotalEvWei)) <= 0, {
      passed: `all tickets are worth at most ${maxTotalEvWei} wei`,
      failed: `total ticket EV ${formatRational(totalEv, 5)} for ${numTickets} tickets > max total ticket EV ${formatRational(rational(maxTotalEvWei), 5)}`,
    }),
    check('depositMultiplier', faceValue <= maxFaceValue, {
      passed: 'the deposit covers the face value',
      failed: `ticket faceValue ${faceValue} > max faceValue ${maxFaceValue}`,
    }),
  ]
}
