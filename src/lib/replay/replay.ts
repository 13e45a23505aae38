import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'

import type { Connection } from '../contracts/connect.ts'
import { devnetDeployer } from '../devnet/accounts.ts'
import { advanceRounds } from '../devnet/advance-rounds.ts'
import type { DevnetRpc } from '../devnet/json-rpc.ts'
import { setRoundBlockHash } from '../devnet/rounds.ts'
import { sendTransaction } from '../devnet/send-transaction.ts'
import type { DevnetTransaction } from '../devnet/send-transaction.ts'
import type { RoundInfo } from '../protocol/options.ts'
import type { ProtocolReport } from '../protocol/play-protocol.ts'
import type { Landing } from '../protocol/redeem-winners.ts'
import { unpackTicket } from '../protocol/unpack-ticket.ts'
import { batchGasLimit } from '../redemption/onchain/batch-gas.ts'
import { encodeRedemption } from '../redemption/onchain/encode.ts'
import { decodeRedemptions } from '../redemption/onchain/redemption-events.ts'
import { simulateTickets } from '../redemption/probe/simulate.ts'
import { brokerCall } from '../sender/operations/sender-operation.ts'
import { readSender } from '../sender/read-sender.ts'
import { parseReceipt } from '../tx/receipt.ts'
import type { Receipt } from '../tx/receipt.ts'

export type ReplayStep =
  | { readonly kind: 'round'; readonly round: RoundInfo }
  | { readonly kind: 'landing'; readonly landing: Landing }

export interface ReplayContext {
  readonly connection: Connection
  readonly rpc: DevnetRpc
  readonly rpcUrl: string
  /** What was played. */
  readonly report: ProtocolReport
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly signal: AbortSignal
  readonly onReplayed?: ((done: number, steps: number) => void) | undefined
}

/** An amount that is not the same on the chain as it was played. */
export interface Difference {
  readonly what: 'ticket' | 'deposit' | 'reserve' | 'orchestrator'
  /** The ticket's hash, or whose it is. */
  readonly of: Hex
  readonly playedWei: bigint
  readonly chainWei: bigint
}

export interface Comparison {
  /** False when it was interrupted: what was not sent is not compared. */
  readonly complete: boolean
  readonly transactions: number
  /** Of them, those that the contract reverted as a whole. */
  readonly reverted: number
  readonly gasUsed: bigint
  /** Amounts that were held against each other, to the wei. */
  readonly compared: number
  readonly differences: readonly Difference[]
}

const fundingGas = 500_000n

/** Sends what was played to the contract, in the same order, and holds every amount against the chain's. */
export async function replay(steps: readonly ReplayStep[], context: ReplayContext): Promise<Comparison> {
  const { signal, onReplayed } = context
  const run = new Replay(context)
  await run.fund()
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) return run.comparison(false)
    if (step.kind === 'round') await run.beginRound(step.round)
    else await run.land(step.landing)
    onReplayed?.(index + 1, steps.length)
  }
  await run.compareBalances()
  return run.comparison(context.report.complete)
}

class Replay {
  readonly #context: ReplayContext
  readonly #paidWei = new Map<Address, bigint>()
  readonly #differences: Difference[] = []
  #compared = 0
  #transactions = 0
  #reverted = 0
  #gasUsed = 0n

  constructor(context: ReplayContext) {
    this.#context = context
  }

  /** The devnet's deployer funds the senders, who have nothing but a key. */
  async fund(): Promise<void> {
    const { rpc, connection, report, depositWei, reserveWei } = this.#context
    await rpc.request('anvil_setBalance', [devnetDeployer.address, numberToHex(2n ** 128n)])
    for (const { address } of report.senders) {
      const args = [address, depositWei, reserveWei]
      const call = brokerCall(connection, 'fundDepositAndReserveFor', args, depositWei + reserveWei)
      const { succeeded } = await send(rpc, {
        ...call,
        from: devnetDeployer.address,
        gas: fundingGas,
        purpose: 'fund a gateway',
      })
      if (!succeeded) throw new Error('the devnet does not take a deposit')
    }
  }

  /** The round's block has the hash that the tickets carry. */
  async beginRound({ round, blockHash }: RoundInfo): Promise<void> {
    const { rpc, rpcUrl } = this.#context
    const { toRound } = await advanceRounds({ rpcUrl, rounds: 1 })
    if (toRound !== round) throw new Error(`the devnet is in round ${toRound}, not ${round}`)
    await setRoundBlockHash(rpc, round, blockHash)
  }

  /** One transaction, with the gas limit that a redemption of lp-pay has. */
  async land({ receiver, tickets, outcomes }: Landing): Promise<void> {
    const { rpc, connection } = this.#context
    const signed = tickets.map(({ packed }) => unpackTicket(packed))
    const broker = connection.contracts.TicketBroker
    const simulations = await simulateTickets(connection, receiver.address, signed)
    const { limit } = await batchGasLimit(connection, receiver.address, signed, simulations)
    const call = encodeRedemption(broker, signed)
    const receipt = await send(rpc, { ...call, from: receiver.address, gas: limit, purpose: 'redeem' })
    this.#transactions++
    this.#gasUsed += receipt.gasUsed
    if (!receipt.succeeded) this.#reverted++
    const paid = new Map(decodeRedemptions(broker, receipt.logs).map(({ hash, paidWei }) => [hash, paidWei]))
    for (const [index, { hash }] of tickets.entries()) {
      const outcome = outcomes[index]
      const playedWei = outcome === undefined || 'refused' in outcome ? undefined : outcome.paidWei
      const chainWei = paid.get(hash)
      // Refused and used up for nothing are not the same.
      this.#compare('ticket', hash, playedWei ?? -1n, chainWei ?? -1n)
      const { address } = receiver
      this.#paidWei.set(address, (this.#paidWei.get(address) ?? 0n) + (chainWei ?? 0n))
    }
  }

  async compareBalances(): Promise<void> {
    const { connection, report } = this.#context
    for (const { address, depositWei, reserveWei } of report.senders) {
      const state = await readSender(connection, address)
      this.#compare('deposit', address, depositWei, state.depositWei)
      this.#compare('reserve', address, reserveWei, state.reserveWei)
    }
    for (const { address, paidWei } of report.orchestrators) {
      this.#compare('orchestrator', address, paidWei, this.#paidWei.get(address) ?? 0n)
    }
  }

  comparison(complete: boolean): Comparison {
    return {
      complete,
      transactions: this.#transactions,
      reverted: this.#reverted,
      gasUsed: this.#gasUsed,
      compared: this.#compared,
      differences: this.#differences,
    }
  }

  #compare(what: Difference['what'], of: Hex, playedWei: bigint, chainWei: bigint): void {
    this.#compared++
    if (playedWei !== chainWei) this.#differences.push({ what, of, playedWei, chainWei })
  }
}

async function send(rpc: DevnetRpc, transaction: DevnetTransaction): Promise<Receipt> {
  const receipt = parseReceipt(await sendTransaction(rpc, transaction))
  if (receipt === undefined) throw new Error('the devnet gave no receipt')
  return receipt
}
