import { formatWei } from '../../units/wei.ts'
import type { EtherUnit } from '../../units/wei.ts'
import { rank } from './candidate.ts'
import type { Refused } from './candidate.ts'
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
    const reason = `deposit short by ${eth(roundUp(shortWei))}`
    return { ...left, code: 'depositShort', reason, lookAgain: { depositWei: shortWei } }
  }
  const code = gas * model.priceWei >= faceValue ? 'gasAbovePayout' : 'gasShare'
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

function gasTakes({ candidate, gas }: Outlook, model: GasModel, { maxGasShare }: PlanOptions): string {
  const { faceValue } = candidate.ticket
  if (faceValue === 0n) return 'it has no face value'
  const gasWei = gas * model.priceWei
  const takes =
    gasWei > 10n * faceValue
      ? `gas is ${String(gasWei / faceValue)} times the payout`
      : `gas is ${percentUp(gasWei, faceValue)} of the payout`
  const { numerator, denominator } = maxGasShare
  if (candidate.rank !== rank.waiting || numerator === denominator) return takes
  return `${takes}, limit ${percentDown(numerator, denominator)}`
}

function whatHelps({ gasPriceWei, moreTickets, depositWei }: LookAgain): string {
  const ways = [
    ...(gasPriceWei === undefined ? [] : [`below ${gwei(roundDown(gasPriceWei))}`]),
    ...(moreTickets === undefined
      ? []
      : [`with ${String(moreTickets)} more ${moreTickets === 1 ? 'ticket' : 'tickets'}`]),
  ]
  if (ways.length === 0) return 'pays at no gas price'
  const deposit = depositWei === undefined ? '' : ` and ${eth(roundUp(depositWei))} more deposit`
  return `pays ${ways.join(' or ')}${deposit}`
}

const eth = (wei: bigint) => `${formatWei(wei, 'eth')} ETH`
const gwei = (wei: bigint) => amount(wei, 'gwei')

function amount(wei: bigint, unit: EtherUnit): string {
  return `${formatWei(wei, unit)} ${unit}`
}

/** Whole percents, but two digits of what is less than ten: a limit of 0.5 % is not one of nothing. */
function percentUp(part: bigint, whole: bigint): string {
  if (part * 10n >= whole) return `${String((part * 100n + whole - 1n) / whole)} %`
  return `${formatWei(roundUp((part * 10n ** 20n + whole - 1n) / whole), 'eth')} %`
}

function percentDown(part: bigint, whole: bigint): string {
  if (part * 10n >= whole) return `${String((part * 100n) / whole)} %`
  return `${formatWei(roundDown((part * 10n ** 20n) / whole), 'eth')} %`
}

/** To two digits. */
function roundDown(wei: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, wei.toString().length - 2))
  return (wei / unit) * unit
}

function roundUp(wei: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, wei.toString().length - 2))
  return ((wei + unit - 1n) / unit) * unit
}
