import type { Payment } from './candidate.ts'
import type { GasPrice, PlanChain } from './types.ts'

/**
 * Gas of redemptions, by what causes it. From the measured table of the contracts' specification where it has a row;
 * the rest was measured in the same way, on a devnet with the deployed bytecode.
 */
export const redemptionGas = {
  /** One more ticket of a sender and a recipient that the batch has already: (8,220,000 - 213,200) / 99. */
  ticket: 80_800n,
  /** What a batch costs before its first ticket: 213,200, the batch of one, less that ticket. */
  batch: 132_400n,
  /** What redeemWinningTicket costs before its ticket: 198,400, "later ones", less that ticket. */
  single: 117_600n,
  /** A sender new in the batch: 89,000 a ticket against 82,200, in any order. */
  sender: 6_800n,
  /** A recipient new in the batch. Measured: 335,700 for two recipients, 293,900 for one. */
  recipient: 41_800n,
  /** The first payment of the round for a recipient: 292,800 - 198,400. */
  firstOfRound: 94_400n,
  /** A ticket that draws on the reserve, in whole or in part. Measured: 107,600 a ticket against 80,600. */
  reserveDraw: 27_000n,
  /**
   * The first draw of a recipient on the reserve of a sender, on top: 277,500 - 198,400 - 27,000. The table's row
   * "reserve only" is the second draw of a round, which the chain's state does not tell from the first.
   */
  reservePair: 52_100n,
} as const

/** The most that one ticket may cost. */
export const dearestRedemption =
  redemptionGas.single +
  redemptionGas.ticket +
  redemptionGas.firstOfRound +
  redemptionGas.reserveDraw +
  redemptionGas.reservePair

/** The gas of one plan's redemptions. */
export interface GasModel {
  /** wei a gas */
  readonly priceWei: bigint
  /** Gas of a ticket by itself, Arbitrum's data included. */
  readonly ticket: bigint
  /** Whether the next payment of a recipient is the first of the round. */
  readonly isFirstOfRound: (recipient: string) => boolean
}

export function gasModel(gas: GasPrice, chain: PlanChain): GasModel {
  return {
    priceWei: gas.executionWei,
    ticket: redemptionGas.ticket + gas.dataGasPerTicket,
    isFirstOfRound: (recipient) => chain.recipients.get(recipient)?.paidThisRound !== true,
  }
}

/** What a transaction costs before its tickets. */
export function baseGas(tickets: number): bigint {
  if (tickets === 0) return 0n
  return tickets === 1 ? redemptionGas.single : redemptionGas.batch
}

/** Adds up the gas of one batch. */
export interface BatchMeter {
  readonly senders: ReadonlySet<string>
  readonly recipients: ReadonlySet<string>
  /** Whose draws on whose reserve it has. */
  readonly pairs: ReadonlySet<string>
  /** The batch's gas if it had this payment too. */
  gasWith(payment: Payment): bigint
  add(payment: Payment): void
  gas(): bigint
}

/**
 * @param paid recipients that an earlier batch of the plan pays; those of this batch are added
 */
export function meterBatch(model: GasModel, paid: Set<string>): BatchMeter {
  const senders = new Set<string>()
  const recipients = new Set<string>()
  const pairs = new Set<string>()
  let tickets = 0
  let ownGas = 0n

  function costOf({ candidate, drawsOnReserve }: Payment): bigint {
    const { sender, recipient, pair } = candidate
    let gas = model.ticket
    if (tickets > 0 && !senders.has(sender)) gas += redemptionGas.sender
    if (tickets > 0 && !recipients.has(recipient)) gas += redemptionGas.recipient
    if (!paid.has(recipient) && model.isFirstOfRound(recipient)) gas += redemptionGas.firstOfRound
    if (!drawsOnReserve) return gas
    return gas + redemptionGas.reserveDraw + (pairs.has(pair) ? 0n : redemptionGas.reservePair)
  }

  return {
    senders,
    recipients,
    pairs,
    gasWith: (payment) => baseGas(tickets + 1) + ownGas + costOf(payment),
    add(payment) {
      ownGas += costOf(payment)
      tickets += 1
      senders.add(payment.candidate.sender)
      recipients.add(payment.candidate.recipient)
      paid.add(payment.candidate.recipient)
      if (payment.drawsOnReserve) pairs.add(payment.candidate.pair)
    },
    gas: () => baseGas(tickets) + ownGas,
  }
}
