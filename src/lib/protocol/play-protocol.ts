import { toHex } from 'viem'
import type { Hex } from 'viem'

import type { RandomSource } from '../probability/random-source.ts'
import { layout } from '../tickets/validation/packed-tickets.ts'
import { resultSize, validatePacked } from '../tickets/validation/validate-packed.ts'
import { verdicts } from '../tickets/validation/verdict.ts'
import { drawBytes, drawIndex, shuffle } from './draw.ts'
import { Ledger } from './ledger.ts'
import type { OrchestratorReport, SenderReport } from './ledger.ts'
import { Market, roundInfo } from './market.ts'
import type { Now } from './market.ts'
import { checkProtocolOptions } from './options.ts'
import type { ProtocolOptions, RoundInfo } from './options.ts'
import { makeParties } from './parties.ts'
import type { Parties } from './parties.ts'
import type { ProtocolEngine } from './protocol-engine.ts'
import { Receiver } from './receiver.ts'
import { land, planWinners } from './redeem-winners.ts'
import type { Landing } from './redeem-winners.ts'
import { signNext } from './session.ts'
import type { Session } from './session.ts'
import { TicketBroker } from './ticket-broker.ts'

/** What was left, and had been paid, when the winners of a part of a round were redeemed. */
export interface Moment {
  readonly round: bigint
  /** L1 blocks since the beginning. */
  readonly block: number
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly paidWei: bigint
}

export interface ProtocolReport {
  /** False when it was interrupted. */
  readonly complete: boolean
  /** That senders wanted to send. */
  readonly wanted: number
  readonly sent: number
  readonly winners: number
  /** Ticket parameters made. */
  readonly sessions: number
  /** Tickets that were not sent or not taken, by go-livepeer's reason. */
  readonly refused: Readonly<Record<string, number>>
  /** Tickets of transactions that the contract would not redeem, as others had been first. */
  readonly refusedOnChain: number
  /** Of every byte of every ticket, in their order: the same seed has the same. */
  readonly digest: Hex
  readonly senders: readonly SenderReport[]
  readonly orchestrators: readonly OrchestratorReport[]
  readonly moments: readonly Moment[]
}

export interface ProtocolHooks {
  readonly onProgress?: (done: number) => void
  /** Called with the parties before anything happens. */
  readonly onParties?: (parties: Parties) => void
  readonly onRound?: (round: RoundInfo) => void
  /** Tickets that were taken: `layout.end` bytes each. They are overwritten by the next ones. */
  readonly onTickets?: (packed: Uint8Array) => void
  readonly onLanding?: (landing: Landing) => void
  /** Ends it; what is known so far comes back. */
  readonly signal?: AbortSignal
}

/** So many are signed and validated at once. */
const batchSize = 512

/**
 * Plays the protocol ticket by ticket: parameters, recipientRand, signatures, validation, wins, nonces, expiry, rounds,
 * and redemption by the planner from deposits and reserves that all share. Orchestrators redeem at the same times, each
 * by the chain as all have seen it, and their transactions come to the contract in a random order: a race.
 *
 * @param random the same numbers play the same, bit for bit
 * @throws {UsageError} those of `checkProtocolOptions`
 */
export async function playProtocol(
  options: ProtocolOptions,
  random: RandomSource,
  engine: ProtocolEngine,
  hooks: ProtocolHooks = {},
): Promise<ProtocolReport> {
  checkProtocolOptions(options)
  const play = new Play(options, random, engine, hooks)
  for (let round = 0; round < options.rounds; round++) {
    play.beginRound(round)
    for (let part = 1; part <= options.redemptionsPerRound; part++) {
      const end =
        round * options.roundLength + Math.floor((part * options.roundLength) / options.redemptionsPerRound)
      while (play.sendBefore(end)) {
        hooks.onProgress?.(play.done)
        await new Promise((resolve) => setImmediate(resolve))
        if (hooks.signal?.aborted === true) return play.report(false)
      }
      play.redeem(end)
    }
  }
  return play.report(true)
}

class Play {
  readonly #options: ProtocolOptions
  readonly #random: RandomSource
  readonly #engine: ProtocolEngine
  readonly #hooks: ProtocolHooks
  readonly #parties: Parties
  readonly #receivers: readonly Receiver[]
  readonly #broker: TicketBroker
  readonly #market: Market
  readonly #ledger: Ledger
  readonly #hashSeed: Uint8Array
  readonly #packed = new Uint8Array(batchSize * layout.end)
  readonly #refused = new Map<string, number>()
  readonly #moments: Moment[] = []
  #paidThisRound = new Set<string>()
  #round: RoundInfo
  #digest: Uint8Array = new Uint8Array(32)
  #sessions = 0
  #sent = 0
  #winners = 0
  #paidWei = 0n
  /** Tickets that were sent or refused. */
  done = 0

  constructor(options: ProtocolOptions, random: RandomSource, engine: ProtocolEngine, hooks: ProtocolHooks) {
    this.#options = options
    this.#random = random
    this.#engine = engine
    this.#hooks = hooks
    this.#parties = makeParties(options, random, engine)
    hooks.onParties?.(this.#parties)
    this.#hashSeed = drawBytes(random, 32)
    this.#receivers = this.#parties.orchestrators.map((secret) => new Receiver(secret))
    this.#broker = new TicketBroker(
      this.#parties.senders.map(({ address }) => address),
      options,
    )
    this.#market = new Market(options, this.#broker, random, engine)
    this.#ledger = new Ledger(this.#parties)
    this.#round = roundInfo(options.firstRound, this.#hashSeed, engine)
  }

  beginRound(index: number): void {
    this.#round = roundInfo(this.#options.firstRound + BigInt(index), this.#hashSeed, this.#engine)
    this.#paidThisRound = new Set()
    this.#broker.beginRound(this.#round.round)
    this.#hooks.onRound?.(this.#round)
  }

  /** @returns whether any were left to send before this block */
  sendBefore(end: number): boolean {
    const { tickets, rounds, roundLength } = this.#options
    const blockOf = (index: number) => Math.floor((index * rounds * roundLength) / tickets)
    const block = blockOf(this.done)
    if (this.done >= tickets || block >= end) return false
    const now: Now = { ...this.#round, block: this.#options.firstRound * BigInt(roundLength) + BigInt(block) }
    const batch: Session[] = []
    while (this.done < tickets && batch.length < batchSize && blockOf(this.done) === block) {
      const session = this.#agree(now)
      if (session !== undefined) {
        const start = batch.push(session) - 1
        signNext(session, this.#packed.subarray(start * layout.end, (start + 1) * layout.end), this.#engine)
      }
      this.done++
    }
    this.#receive(batch, now)
    return true
  }

  #agree(now: Now): Session | undefined {
    const { senders } = this.#parties
    const sender = senders[drawIndex(this.#random, senders.length)]
    const receiver = this.#receivers[drawIndex(this.#random, this.#receivers.length)]
    if (sender === undefined || receiver === undefined) throw new Error('nobody plays')
    const agreement = this.#market.agree(sender, receiver, now)
    if ('refusal' in agreement) {
      this.#refuse(agreement.refusal)
      return undefined
    }
    if (agreement.isNew) this.#sessions++
    return agreement.session
  }

  #receive(batch: readonly Session[], { block }: Now): void {
    const packed = this.#packed.subarray(0, batch.length * layout.end)
    const results = validatePacked(packed, this.#engine)
    for (const [index, session] of batch.entries()) {
      const ticket = packed.subarray(index * layout.end, (index + 1) * layout.end)
      const verdict = verdicts[results[index * resultSize + 32] ?? -1]
      if (verdict === undefined) throw new Error('the validation gave an unknown verdict')
      const { receiver, sender } = session
      const refusal = receiver.refusalOf(session, nonceOf(ticket), verdict, block)
      if (refusal !== undefined) {
        this.#refuse(refusal)
        continue
      }
      const isWinner = verdict === 'winner'
      this.#sent++
      this.#ledger.receive(session, isWinner)
      if (!isWinner) continue
      this.#winners++
      receiver.keep({
        hash: toHex(results.subarray(index * resultSize, index * resultSize + 32)),
        sender: sender.address,
        recipient: receiver.address,
        faceValue: session.faceValueWei,
        creationRound: session.creationRound,
        packed: ticket.slice(),
      })
    }
    const both = new Uint8Array(64)
    both.set(this.#digest)
    both.set(this.#engine.keccak256(packed), 32)
    this.#digest = this.#engine.keccak256(both).slice()
    this.#hooks.onTickets?.(packed)
  }

  /** All look at the chain, and then their transactions come to it in some order. */
  redeem(block: number): void {
    const planned = this.#receivers
      .filter(({ winners }) => winners.length > 0)
      .map((receiver) => planWinners(receiver, this.#broker, this.#paidThisRound, this.#options))
    for (const one of shuffle(this.#random, planned)) {
      const { receiver, plan } = one
      const ended = new Set<Hex>()
      for (const landing of land(one, this.#broker)) {
        this.#ledger.land(landing)
        this.#hooks.onLanding?.(landing)
        for (const [index, outcome] of landing.outcomes.entries()) {
          const hash = landing.tickets[index]?.hash
          if ('refused' in outcome || hash === undefined) continue
          this.#paidWei += outcome.paidWei
          if (outcome.paidWei > 0n) this.#paidThisRound.add(receiver.address)
          ended.add(hash)
        }
      }
      for (const left of plan.left) {
        if (left.code !== 'expired') continue
        this.#ledger.expire(receiver.address, left)
        ended.add(left.hash)
      }
      receiver.drop(ended)
    }
    this.#moments.push({ round: this.#broker.round, block, ...this.#left(), paidWei: this.#paidWei })
  }

  report(complete: boolean): ProtocolReport {
    return {
      complete,
      wanted: this.done,
      sent: this.#sent,
      winners: this.#winners,
      sessions: this.#sessions,
      refused: Object.fromEntries([...this.#refused].sort(([a], [b]) => (a < b ? -1 : 1))),
      refusedOnChain: this.#ledger.refusedOnChain,
      digest: toHex(this.#digest),
      senders: this.#ledger.senders(this.#broker),
      orchestrators: this.#ledger.orchestrators(
        (address) => this.#receivers.find((receiver) => receiver.address === address)?.winners ?? [],
      ),
      moments: this.#moments,
    }
  }

  #refuse(reason: string): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1)
  }

  #left(): Pick<Moment, 'depositWei' | 'reserveWei'> {
    let [depositWei, reserveWei] = [0n, 0n]
    for (const { address } of this.#parties.senders) {
      const account = this.#broker.account(address)
      depositWei += account.depositWei
      reserveWei += account.reserveWei
    }
    return { depositWei, reserveWei }
  }
}

function nonceOf(ticket: Uint8Array): number {
  return ((ticket[layout.senderNonce + 30] ?? 0) << 8) | (ticket[layout.senderNonce + 31] ?? 0)
}
