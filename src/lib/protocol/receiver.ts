import type { Address, Hex } from 'viem'

import { maxSenderNonces } from '../pm/receive-ticket.ts'
import type { PlanTicket } from '../redemption/plan/types.ts'
import type { Verdict } from '../tickets/validation/verdict.ts'
import type { OrchestratorSecret } from './parties.ts'
import type { Session } from './session.ts'

/** A winner that waits, with all the bytes that its redemption takes. */
export interface Winner extends PlanTicket {
  readonly packed: Uint8Array
}

/** What an orchestrator knows: whose winners it holds, and what became of the others. */
export class Receiver {
  readonly address: Address
  readonly secret: Hex
  winners: Winner[] = []
  /** Face values that wait to be redeemed, by sender. */
  readonly #pendingWei = new Map<Address, bigint>()

  constructor({ address, secret }: OrchestratorSecret) {
    this.address = address
    this.secret = secret
  }

  pendingWei(sender: Address): bigint {
    return this.#pendingWei.get(sender) ?? 0n
  }

  /**
   * Why a ticket is refused, in the order of go-livepeer's `recipient.ReceiveTicket`; undefined when it is taken.
   *
   * @param block the last L1 block
   */
  refusalOf(session: Session, nonce: number, verdict: Verdict, block: bigint): string | undefined {
    if (verdict !== 'winner' && verdict !== 'loser') return verdict
    const { seenNonces } = session
    if (seenNonces.has(nonce) || seenNonces.size >= maxSenderNonces) return 'nonce'
    if (session.expirationBlock <= block) return 'paramsExpiry'
    seenNonces.add(nonce)
    return undefined
  }

  keep(winner: Winner): void {
    this.winners.push(winner)
    this.#addPending(winner, 1n)
  }

  /** Lets go of winners that have come to an end. */
  drop(ended: ReadonlySet<Hex>): void {
    if (ended.size === 0) return
    for (const winner of this.winners) if (ended.has(winner.hash)) this.#addPending(winner, -1n)
    this.winners = this.winners.filter(({ hash }) => !ended.has(hash))
  }

  #addPending({ sender, faceValue }: Winner, sign: bigint): void {
    this.#pendingWei.set(sender, this.pendingWei(sender) + sign * faceValue)
  }
}
