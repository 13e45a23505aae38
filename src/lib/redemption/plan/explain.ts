import { roundDigits } from '../../pm/round-digits.ts'
import { formatWei } from '../../units/wei.ts'
import type { EtherUnit } from '../../units/wei.ts'
import { rank } from './candidate.ts'
import type { Candidate, Refused } from './candidate.ts'
import type { GasModel } from './gas-model.ts'
import type { Outlook } from './outlook.ts'
import type { LeftTicket, LookAgain, PlanChain, PlanOptions } from './types.ts'

/** Why a ticket cannot be redeemed, and what would change it. */
export function explainRefused(
  { ticket, code }: Refused,
  chain: PlanChain,
  options: PlanOptions,
): LeftTicket {
  const { hash, sender, faceValue } = ticket
  const withdrawRound = chain.senders.get(sender.toLowerCase())?.withdrawRound ?? 0n
  const reasons: Record<Refused['code'], string> = {
    expired: `expired: round ${String(ticket.creationRound + chain.ticketValidityPeriod - 1n)} was its last`,
    senderUnlocked: `the sender's funds unlocked in round ${String(withdrawRound)}: pays when the sender funds again`,
    recipientInactive: 'the recipient is not in the active set: pays when it is again',
    belowMinPayout: `pays ${eth(faceValue)}, less than ${eth(options.minPayoutWei)}: pays with a lower least payout`,
  }
  return { hash, sender, faceValueWei: faceValue, code, reason: reasons[code], lookAgain: {} }
}

/** Why a ticket is not redeemed now, and what would change it. */
export function explainLeft(outlook: Outlook, model: GasModel, options: PlanOptions): LeftTicket {
  const { candidate, shortWei, gas, isTooDear } = outlook
  const { hash, sender, faceValue } = candidate.ticket
  const left = { hash, sender, faceValueWei: faceValue }
  if (shortWei > 0n && !isTooDear) {
    const reason = `deposit short by ${eth(roundDigits(shortWei, 2, 'up'))}`
    return { ...left, code: 'depositShort', reason, lookAgain: { depositWei: shortWei } }
  }
  const code =
    hasLimit(candidate, options) && gas * model.priceWei < faceValue ? 'gasShare' : 'gasAbovePayout'
  const lookAgain = lookAgainAt(outlook)
  return { ...left, code, reason: `${gasTakes(outlook, model, options)}: ${whatHelps(lookAgain)}`, lookAgain }
}

function lookAgainAt({ shortWei, priceWei, moreTickets }: Outlook): LookAgain {
  return {
    ...(priceWei > 0n ? { gasPriceWei: priceWei } : {}),
    ...(moreTickets === undefined ? {} : { moreTickets }),
    ...(shortWei > 0n ? { depositWei: shortWei } : {}),
  }
}

/** Whether gas may take a part of its payout only: of what cannot wait it may take all. */
function hasLimit({ rank: of }: Candidate, { maxGasShare }: PlanOptions): boolean {
  return of === rank.waiting && maxGasShare.numerator !== maxGasShare.denominator
}

function gasTakes({ candidate, gas }: Outlook, model: GasModel, options: PlanOptions): string {
  const { faceValue } = candidate.ticket
  if (faceValue === 0n) return 'it has no face value'
  const gasWei = gas * model.priceWei
  const takes =
    gasWei > 10n * faceValue
      ? `gas is ${String(gasWei / faceValue)} times the payout`
      : `gas is ${percent(gasWei, faceValue, 'up')} of the payout`
  if (!hasLimit(candidate, options)) return takes
  const { numerator, denominator } = options.maxGasShare
  return `${takes}, limit ${percent(numerator, denominator, 'down')}`
}

function whatHelps({ gasPriceWei, moreTickets, depositWei }: LookAgain): string {
  const ways = [
    ...(gasPriceWei === undefined ? [] : [`below ${gwei(roundDigits(gasPriceWei, 2, 'down'))}`]),
    ...(moreTickets === undefined
      ? []
      : [`with ${String(moreTickets)} more ${moreTickets === 1 ? 'ticket' : 'tickets'}`]),
  ]
  if (ways.length === 0) return 'pays at no gas price'
  const deposit = depositWei === undefined ? '' : ` and ${eth(roundDigits(depositWei, 2, 'up'))} more deposit`
  return `pays ${ways.join(' or ')}${deposit}`
}

const eth = (wei: bigint) => `${formatWei(wei, 'eth')} ETH`
const gwei = (wei: bigint) => amount(wei, 'gwei')

function amount(wei: bigint, unit: EtherUnit): string {
  return `${formatWei(wei, unit)} ${unit}`
}

/** Whole percents, but two digits of what is less than ten: a limit of 0.5 % is not one of nothing. */
function percent(part: bigint, whole: bigint, rounding: 'up' | 'down'): string {
  const scaled = (part * 10n ** 20n + (rounding === 'up' ? whole - 1n : 0n)) / whole
  const digits = Math.max(2, scaled.toString().length - 18)
  return `${formatWei(roundDigits(scaled, digits, rounding), 'eth')} %`
}
