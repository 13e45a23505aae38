import assert from 'node:assert/strict'
import { toEventSelector } from 'viem'
import type { Hex } from 'viem'

import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import type { TestDevnet } from '../helpers/devnet.ts'
import { batchRedemption, beginRound, initialise, mine, paidIn, redemption, refusal } from './broker-chain.ts'
import type { Call, Log } from './broker-chain.ts'
import { expectedPayout, explain } from './listed-differences.ts'
import type { ListedDifference } from './listed-differences.ts'
import { observe } from './observe.ts'
import type { State } from './observe.ts'
import { callOf, stranger, ticketOf } from './operations.ts'
import type { Operation, TicketPlan } from './operations.ts'

export interface Chains {
  /** By the rules of 2022. */
  readonly older: TestDevnet
  /** By the rules of 2026. */
  readonly newer: TestDevnet
}

interface Effect {
  readonly logs: readonly Log[]
  readonly state: State
}

const unlockCancelled = toEventSelector('UnlockCancelled(address)')

/**
 * Performs operations on two chains, and fails where they differ in what is not listed. What they may judge differently
 * is not kept on either, so that they are in the same state after each operation.
 */
export class Comparison {
  private round = 1001n
  private initialised = true
  private readonly tickets = new Set<Hex>()
  private state: State | undefined
  private differences = 0
  private readonly chains: Chains
  private readonly onDifference: (difference: ListedDifference) => void

  constructor(chains: Chains, onDifference: (difference: ListedDifference) => void) {
    this.chains = chains
    this.onDifference = onDifference
  }

  async perform(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'round':
        return this.enterRound(operation.initialised)
      case 'redeem':
        await this.redeem(operation.plan)
        return
      case 'batch':
        return this.redeemTogether(operation.plans)
      case 'fund':
        if (await this.mayCancelUnlock(operation)) return this.fundDuringUnlock(operation)
        break
      default:
    }
    await this.mineAlike(await callOf(operation, this.chains.older, this.round))
  }

  /** Initialises the round, or begins the next. */
  private async enterRound(initialised: boolean): Promise<void> {
    if (this.initialised) {
      this.round++
      await this.both((chain) => beginRound(chain, this.round, initialised))
      this.initialised = initialised
    } else {
      await this.both((chain) => initialise(chain, this.round))
      this.initialised = true
    }
    await this.look()
  }

  /** A call that both must judge alike; gives what it logged when they took it. */
  private async mineAlike(call: Call): Promise<readonly Log[]> {
    const [was, is] = await this.both((chain) => refusal(chain, call))
    assert.equal(is, was)
    if (is !== undefined) return []
    const [before, now] = await this.both((chain) => mine(chain, call))
    assert.deepEqual(now, before)
    await this.look()
    return now
  }

  private async redeem(plan: TicketPlan): Promise<readonly Log[]> {
    const ticket = this.ticketOf(plan)
    const call = redemption(stranger, ticket)
    const state = await this.look()
    const [was, is] = await this.both((chain) => refusal(chain, call))
    if (is === was) {
      const logs = await this.mineAlike(call)
      if (is === undefined) assert.equal(paidIn(logs), this.payoutOf(ticket, state))
      return logs
    }
    this.note(explain(ticket, state, { was, is }))
    // Redeemed by one of the two only: seen, and undone.
    if (was === undefined && ticket.sig.length === 2 + 2 * 65) {
      const { logs } = await this.tried(this.chains.older, call)
      assert.equal(paidIn(logs), this.payoutOf(ticket, state))
    }
    return []
  }

  /** A batch does what its tickets do one after the other, unless they are judged differently. */
  private async redeemTogether(plans: readonly TicketPlan[]): Promise<void> {
    const call = batchRedemption(
      stranger,
      plans.map((plan) => this.ticketOf(plan)),
    )
    const [was, is] = await this.both((chain) => refusal(chain, call))
    assert.equal(is, was)
    if (is !== undefined) return
    const [before, now] = await this.both((chain) => this.tried(chain, call))
    const differences = this.differences
    const logs: Log[] = []
    for (const plan of plans) logs.push(...(await this.redeem(plan)))
    if (this.differences > differences) return
    const oneByOne: Effect = { logs, state: await this.look() }
    assert.deepEqual(before, oneByOne)
    assert.deepEqual(now, oneByOne)
  }

  private async mayCancelUnlock({ by, sender }: Operation & { kind: 'fund' }): Promise<boolean> {
    const { senders } = await this.look()
    return by !== sender && (senders[sender]?.withdrawRound ?? 0n) > 0n
  }

  private async fundDuringUnlock(operation: Operation & { kind: 'fund' }): Promise<void> {
    const call = await callOf(operation, this.chains.older, this.round)
    const [before, now] = await this.both((chain) => this.tried(chain, call))
    assert.deepEqual(
      now.logs,
      before.logs.filter(({ topics }) => topics[0] !== unlockCancelled),
    )
    assert.equal(before.logs.length, now.logs.length + 1)
    const { sender } = operation
    const { withdrawRound: _, ...changed } = before.state.senders[sender] ?? {}
    const { withdrawRound, ...kept } = now.state.senders[sender] ?? {}
    assert.deepEqual(changed, kept)
    assert.equal(withdrawRound, this.state?.senders[sender]?.withdrawRound)
    this.note('funding by somebody else during an unlock')
  }

  private payoutOf(ticket: SignedTicket, state: State): bigint | string | undefined {
    const sender = state.senders[ticket.sender]
    return sender && expectedPayout(ticket, sender)
  }

  private ticketOf(plan: TicketPlan): SignedTicket {
    const ticket = ticketOf(plan, this.round)
    this.tickets.add(ticketHash(ticket))
    return ticket
  }

  private note(difference: ListedDifference): void {
    this.differences++
    this.onDifference(difference)
  }

  /** What a call would do, which is undone again. */
  private async tried(chain: TestDevnet, call: Call): Promise<Effect> {
    const snapshot = await chain.snapshot()
    const logs = await mine(chain, call)
    const state = await observe(chain, this.tickets)
    await chain.revert(snapshot)
    return { logs, state }
  }

  /** The state of both, which must be the same. */
  private async look(): Promise<State> {
    const [before, now] = await this.both((chain) => observe(chain, this.tickets))
    assert.deepEqual(now, before)
    this.state = now
    return now
  }

  private both<result>(use: (chain: TestDevnet) => Promise<result>): Promise<[result, result]> {
    return Promise.all([use(this.chains.older), use(this.chains.newer)])
  }
}
