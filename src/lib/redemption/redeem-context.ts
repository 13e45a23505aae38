import type { Address } from 'viem'

import type { Signer } from '../account/signer.ts'
import type { Connection } from '../contracts/connect.ts'
import type { TicketStore } from '../store/ticket-store.ts'
import type { OnStep } from '../tx/steps.ts'
import type { OnRedeemEvent } from './redeem-events.ts'

/** Who pays the gas; need not be the recipient of any ticket. */
export interface Payer {
  readonly address: Address
  /** May ask for a password; called once a run, after the confirmation. */
  readonly signer: () => Promise<Signer>
}

/** What every part of a redemption works with. */
export interface RedeemContext {
  readonly connection: Connection
  readonly store: TicketStore
  readonly dataFolder: string
  readonly payer: Payer
  /** The name of this redeemer in the store: `thisRedeemer()`. */
  readonly holder: string
  readonly confirmations: number
  readonly timeoutMs: number
  /** wei a gas */
  readonly feeLimit?: bigint
  /** How long a transaction waits before its fee is raised to what the market asks, within what its payout bears. */
  readonly raiseFeeAfterMs?: number
  /** Ends even waiting for a transaction; nothing is signed after it. */
  readonly signal?: AbortSignal
  /** Ends a run after the batch under way. */
  readonly stopAfterBatch?: AbortSignal
  readonly onStep?: OnStep
  readonly onEvent?: OnRedeemEvent
}

/** Whether nothing new shall be begun. */
export function isStopping({ signal, stopAfterBatch }: RedeemContext): boolean {
  return signal?.aborted === true || stopAfterBatch?.aborted === true
}
