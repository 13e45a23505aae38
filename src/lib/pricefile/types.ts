import type { Address } from 'viem'

import type { Price } from '../pricing/price.ts'

/** The prices that an operator writes down: those of an orchestrator, the limits of a gateway, or both. */
export interface PriceFile {
  readonly orchestrator?: OrchestratorPrices
  readonly gateway?: GatewayLimits
}

export interface OrchestratorPrices {
  /** For transcoding, to whom no other price is given. */
  readonly transcoding?: Price
  /** For transcoding, by the gateway's address. */
  readonly gateways: ReadonlyMap<Address, Price>
  readonly capabilities: readonly CapabilityPrice[]
  /** Tickets above it are not accepted; 0n or absent: no maximum. */
  readonly maxFaceValueWei?: bigint
  /** go-livepeer's 8 gwei when absent. */
  readonly ticketEvWei?: bigint
  /** Whether the price pays for redemptions too; true when absent. */
  readonly autoAdjustPrice?: boolean
}

/** A price of an AI capability. */
export interface CapabilityPrice {
  /** As go-livepeer names it: `text-to-image`. */
  readonly pipeline: string
  /** `default` stands for every model without a price of its own. */
  readonly model: string
  readonly price: Price
  /** The only gateway it is for; everybody when absent. */
  readonly gateway?: Address
}

/** What a gateway pays at most. */
export interface GatewayLimits {
  /** For all that has no maximum of its own; absent: any price. */
  readonly maxPrice?: Price
  readonly capabilities: readonly Omit<CapabilityPrice, 'gateway'>[]
  /** go-livepeer's -maxTicketEV */
  readonly maxTicketEvWei?: bigint
  /** go-livepeer's -maxTotalEV */
  readonly maxTotalEvWei?: bigint
  /** go-livepeer's -depositMultiplier */
  readonly depositMultiplier?: bigint
}
