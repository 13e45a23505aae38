import type { Address, Hex } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import { reasonInData } from '../../contracts/revert-reasons.ts'
import { ticketHash } from '../../pm/ticket-hash.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import type { Call, PlannedGas } from '../../tx/operation.ts'
import { intrinsicGas, readDataGas } from './data-gas.ts'
import { encodeRedemption } from './encode.ts'
import { callProbe } from '../probe/call-probe.ts'
import type { TicketSimulation } from '../probe/simulate.ts'

/** What a redemption would do if it were the next transaction, under a gas limit. */
export interface BatchSimulation {
  /** False when it would revert as a whole. */
  readonly ok: boolean
  readonly reason?: string
  /** The hashes of the tickets that it would use up; a batch swallows the failure of the others. */
  readonly used: ReadonlySet<Hex>
  /** What all recipients together would be credited. */
  readonly paidWei: bigint
  /** What it would use, before refunds. */
  readonly gas: bigint
}

export interface BatchGas extends PlannedGas {
  /** The redemption at that limit. */
  readonly simulation: BatchSimulation
}

/** 105 % of what a batch uses was enough for every size; the rest is for the loop around the tickets. */
const executionMargin = { numerator: 105n, denominator: 100n, perTicket: 5000n, plus: 30_000n }
/** What the first payment of a round costs more than a later one: the round may change before the block. */
const firstPaymentGas = 100_000n
/** Gas for data is its price on L1 over that of gas, and both move between now and the block. */
const dataGasMargin = 2n
const raise = { numerator: 5n, denominator: 4n, times: 3 }

/**
 * The gas for the redemption of tickets in one transaction. A node's estimate is the least at which the call as a whole
 * succeeds, and there a batch loses its last ticket without a word. So it is made of the tickets' own gas, with a
 * margin, and tried out; if a ticket is lost at that limit that passes alone, the limit is raised.
 *
 * @param simulations what `simulateTickets` says of these tickets
 * @returns the limit, and what the transaction is expected to use
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE; RPC_GAS_CAP the node does not simulate so large a batch
 */
export async function batchGasLimit(
  connection: Connection,
  from: Address,
  tickets: readonly SignedTicket[],
  simulations: readonly TicketSimulation[],
): Promise<BatchGas> {
  const call = encodeRedemption(connection.contracts.TicketBroker, tickets)
  const dataGas = await readDataGas(connection.rpc, call)
  const before = intrinsicGas(call.data)
  const passing = simulations.filter(({ ok }) => ok)
  const recipients = new Set(tickets.map(({ recipient }) => recipient.toLowerCase()))
  const { numerator, denominator, perTicket, plus } = executionMargin
  const alone = simulations.reduce((sum, { gas }) => sum + gas + perTicket, 0n)
  let execution = (alone * numerator) / denominator + plus + firstPaymentGas * BigInt(recipients.size)
  for (let raised = 0; ; raised++) {
    const { gasUsed, ...outcome } = await redeemTogether(connection, from, call, tickets, execution)
    if (raised === raise.times || passing.every(({ hash }) => outcome.used.has(hash))) {
      const estimate = before + dataGas + gasUsed
      const limit = before + dataGas * dataGasMargin + execution
      return { estimate, limit, simulation: { ...outcome, gas: estimate } }
    }
    execution = (execution * raise.numerator) / raise.denominator
  }
}

/**
 * Redeems tickets by one call in an `eth_call`, with exactly the gas that a transaction of that limit would leave it.
 *
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE, RPC_GAS_CAP
 */
export async function simulateBatch(
  connection: Connection,
  from: Address,
  tickets: readonly SignedTicket[],
  gasLimit: bigint,
): Promise<BatchSimulation> {
  const call = encodeRedemption(connection.contracts.TicketBroker, tickets)
  const before = intrinsicGas(call.data) + (await readDataGas(connection.rpc, call))
  const execution = gasLimit > before ? gasLimit - before : 0n
  const { gasUsed, ...outcome } = await redeemTogether(connection, from, call, tickets, execution)
  return { ...outcome, gas: before + gasUsed }
}

async function redeemTogether(
  { rpc, contracts }: Connection,
  from: Address,
  call: Call,
  tickets: readonly SignedTicket[],
  execution: bigint,
): Promise<Omit<BatchSimulation, 'gas'> & { readonly gasUsed: bigint }> {
  const hashes = tickets.map(ticketHash)
  const senders = [...new Set(tickets.map(({ sender }) => sender.toLowerCase() as Address))]
  const [ok, gasUsed, revertData, used, paid] = await callProbe(
    rpc,
    'redeemTogether',
    [contracts.TicketBroker, execution, call.data, hashes, senders],
    'latest',
    from,
  )
  return {
    ok,
    ...(!ok && { reason: reasonInData(revertData) }),
    used: new Set(hashes.filter((_, index) => used[index])),
    paidWei: paid.reduce((sum, wei) => sum + wei, 0n),
    gasUsed,
  }
}
