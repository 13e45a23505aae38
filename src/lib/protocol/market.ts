import { toHex } from 'viem'
import type { Hex } from 'viem'

import { maxFloat } from '../pm/max-float.ts'
import { maxSenderNonces } from '../pm/receive-ticket.ts'
import { recipientRand } from '../pm/recipient-rand.ts'
import {
  defaultMaxTicketEvWei,
  defaultMaxTotalEvWei,
  paramsExpirationBlocks,
  paramsExpiryBufferBlocks,
  sendChecks,
  sendRefusal,
} from '../pm/send-checks.ts'
import { faceValue, insufficientSenderReserve, redeemGas } from '../pm/ticket-parameters.ts'
import { winProb } from '../pm/win-prob.ts'
import type { RandomSource } from '../probability/random-source.ts'
import { drawBytes } from './draw.ts'
import type { ProtocolOptions, RoundInfo } from './options.ts'
import type { SenderKey } from './parties.ts'
import type { ProtocolEngine } from './protocol-engine.ts'
import type { Receiver } from './receiver.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import type { TicketBroker } from './ticket-broker.ts'

/** Where a sender and an orchestrator stand in time. */
export interface Now extends RoundInfo {
  /** The last L1 block. */
  readonly block: bigint
}

/** A session that may be used for one more ticket, or why there is none. */
export type Agreement = { readonly session: Session; readonly isNew: boolean } | { readonly refusal: string }

/** Makes and checks ticket parameters: an orchestrator's on one side, a gateway's limits on the other. */
export class Market {
  readonly #options: ProtocolOptions
  readonly #broker: TicketBroker
  readonly #random: RandomSource
  readonly #engine: ProtocolEngine
  readonly #sessions = new Map<string, Session>()

  constructor(options: ProtocolOptions, broker: TicketBroker, random: RandomSource, engine: ProtocolEngine) {
    this.#options = options
    this.#broker = broker
    this.#random = random
    this.#engine = engine
  }

  /** The session for the next ticket; new parameters when the old ones are used up or about to expire. */
  agree(sender: SenderKey, receiver: Receiver, now: Now): Agreement {
    const key = `${sender.address}:${receiver.address}`
    const agreement = this.#agreeOn(this.#sessions.get(key), sender, receiver, now)
    if ('refusal' in agreement) this.#sessions.delete(key)
    else this.#sessions.set(key, agreement.session)
    return agreement
  }

  #agreeOn(known: Session | undefined, sender: SenderKey, receiver: Receiver, now: Now): Agreement {
    const isNew = known === undefined || !canGoOn(known, now)
    const session = isNew ? this.#offer(sender, receiver, now) : known
    if (typeof session === 'string') return { refusal: session }
    const refusal = this.#refusalOf(session, now)
    return refusal === undefined ? { session, isNew } : { refusal }
  }

  /** An orchestrator's ticket parameters, or why it gives none. */
  #offer(sender: SenderKey, receiver: Receiver, { block, round, blockHash }: Now): Session | string {
    const { ticketEvWei, gasPriceWei, faceValueWei } = this.#options
    const txCostWei = redeemGas * gasPriceWei
    const offered = faceValue({
      ticketEvWei,
      gasPriceWei,
      maxFloatWei: maxFloat({
        reserveAllocWei: this.#broker.claimableReserve(sender.address, receiver.address),
        depositWei: this.#broker.account(sender.address).depositWei,
        pendingWei: receiver.pendingWei(sender.address),
      }),
      // It wants this face value, whatever the usual multiple of the gas would be.
      maxFaceValueWei: faceValueWei,
      txCostMultiplier: (faceValueWei + txCostWei - 1n) / txCostWei,
    })
    if (offered.refusal !== undefined) return insufficientSenderReserve
    const terms = {
      sender,
      receiver,
      faceValueWei: offered.faceValueWei,
      winProb: winProb(offered.faceValueWei, ticketEvWei),
      expirationBlock: block + paramsExpirationBlocks,
      creationRound: round,
      creationRoundBlockHash: blockHash,
    }
    const rand = recipientRand(receiver.secret, {
      ...terms,
      seed: BigInt(toHex(drawBytes(this.#random, 32))),
      sender: sender.address,
      faceValue: terms.faceValueWei,
      price: { numerator: 1n, denominator: 1n },
    })
    return openSession({ ...terms, recipientRand: rand }, this.#engine)
  }

  /** Why the gateway sends no ticket with these parameters, in go-livepeer's name for the check. */
  #refusalOf(session: Session, { block, round }: Now): string | undefined {
    // What a gateway looks at has not changed, but for the expiry, which `canGoOn` has looked at.
    if (session.checkedVersion === this.#broker.version) return undefined
    const { depositWei, reserveWei } = this.#broker.account(session.sender.address)
    const { ticketEvWei } = this.#options
    const atLeast = (limitWei: bigint) => (limitWei > 2n * ticketEvWei ? limitWei : 2n * ticketEvWei)
    const refused = sendRefusal(
      sendChecks({
        faceValue: session.faceValueWei,
        winProb: session.winProb,
        expirationBlock: session.expirationBlock,
        lastL1Block: block,
        lastInitializedRound: round,
        depositWei,
        reserveWei,
        withdrawRound: 0n,
        maxTicketEvWei: atLeast(defaultMaxTicketEvWei),
        maxTotalEvWei: atLeast(defaultMaxTotalEvWei),
      }),
    )
    if (refused === undefined) session.checkedVersion = this.#broker.version
    return refused?.name
  }
}

function canGoOn({ lastNonce, expirationBlock }: Session, { block }: Now): boolean {
  return lastNonce < maxSenderNonces && expirationBlock - block > paramsExpiryBufferBlocks
}

/** The hash of a round's block, as tickets carry it: of the seed and the round. */
export function roundInfo(round: bigint, seed: Uint8Array, engine: ProtocolEngine): RoundInfo {
  const input = new Uint8Array(40)
  input.set(seed.subarray(0, 32))
  new DataView(input.buffer).setBigUint64(32, round)
  const blockHash: Hex = toHex(engine.keccak256(input))
  return { round, blockHash }
}
