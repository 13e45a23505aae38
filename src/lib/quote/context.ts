import type { Address } from 'viem'

import type { OfferedSender } from '../orchestrator/offer.ts'
import { defaultTicketEvWei } from '../pm/ticket-parameters.ts'
import type { ReadPriceFile } from '../pricefile/parse-price-file.ts'
import type { Rate } from '../pricing/rate.ts'
import { formatWei } from '../units/wei.ts'
import type { QuoteFields } from './fields.ts'
import { supposedSender, usualPoolSize } from './tickets.ts'
import type { TicketTerms } from './tickets.ts'

/** What all quotes of a command have in common. */
export interface QuoteContext {
  /** Where prices stand that are not given. */
  readonly file?: ReadPriceFile | undefined
  readonly rate?: Rate | undefined
  /** From the chain; supposed when absent. */
  readonly sender?: QuotedSender | undefined
  /** Whether what redeeming tickets costs has to be added to prices. */
  readonly redemptions: 'added' | 'included'
}

export type QuotedSender = OfferedSender & { readonly address: Address; readonly depositWei: bigint }

/** wei a gas: what Arbitrum asks at least. */
const supposedGasPriceWei = 10_000_000n

/** What decides about tickets: what was said, before what the chain and the price file have. */
export function ticketTerms(fields: QuoteFields, { sender, file }: QuoteContext): TicketTerms {
  const { 'gas-price': gasPrice, reserve: reserveWei, 'ticket-ev': ticketEvWei } = fields
  const orchestrator = file?.prices.orchestrator
  return {
    sender:
      sender === undefined
        ? supposedSender(gasPrice ?? supposedGasPriceWei, reserveWei)
        : {
            ...sender,
            ...(gasPrice !== undefined && { gasPriceWei: gasPrice }),
            ...(reserveWei !== undefined && { reserveWei, reserveClaimedInCurrentRoundWei: 0n }),
          },
    ticketEvWei: ticketEvWei ?? orchestrator?.ticketEvWei ?? defaultTicketEvWei,
    maxFaceValueWei: orchestrator?.maxFaceValueWei,
    faceValueWei: fields['face-value'],
  }
}

/** Whether prices get what redeeming costs on top. */
export function addsRedemptions({ redemptions, file }: QuoteContext): boolean {
  return redemptions === 'added' && file?.prices.orchestrator?.autoAdjustPrice !== false
}

/** What `ticketTerms` supposes, in words. */
export function supposals(fields: QuoteFields, { sender, file }: QuoteContext): string[] {
  const alone = sender === undefined
  const sized = fields['face-value'] !== undefined
  return [
    ...(alone && fields['gas-price'] === undefined
      ? [`a gas price of ${formatWei(supposedGasPriceWei, 'gwei')} gwei`]
      : []),
    ...(alone && !sized && fields.reserve === undefined ? ['a reserve that limits no face value'] : []),
    ...(alone && !sized && fields.reserve !== undefined
      ? [`${String(usualPoolSize)} orchestrators who share the reserve`]
      : []),
    ...(fields['ticket-ev'] === undefined && file?.prices.orchestrator?.ticketEvWei === undefined
      ? [`a ticket EV of ${formatWei(defaultTicketEvWei, 'gwei')} gwei`]
      : []),
  ]
}
