import type { Address, Hex } from 'viem'

import { roundsManagerAbi } from '../../contracts/abi/rounds-manager.ts'
import type { Connection } from '../../contracts/connect.ts'
import { readContract } from '../../contracts/read-contract.ts'
import { reasonInData, ticketEnd } from '../../contracts/revert-reasons.ts'
import type { TicketEnd } from '../../contracts/revert-reasons.ts'
import { ticketHash } from '../../pm/ticket-hash.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import { encodeRedemption } from '../onchain/encode.ts'
import { callProbe, gasCapError } from './call-probe.ts'

/** What the chain would do with a ticket now. */
export interface TicketSimulation {
  /** The ticket hash. */
  readonly hash: Hex
  /** Whether its redemption would go through; it may still pay less than the face value. */
  readonly ok: boolean
  /** Why it would not. */
  readonly reason?: string
  /** Present when it never will: how the ticket ends. */
  readonly terminal?: TicketEnd
  readonly paidWei: bigint
  /** Execution alone: without what a transaction pays before it runs and for its data. */
  readonly gas: bigint
}

/** More than any redemption takes, so that one that would eat all gas leaves some to the others. */
const gasPerTicket = 1_000_000n
/** As many as fit into one call, whatever they pay from. */
const ticketsPerCall = 100

/**
 * Redeems tickets one after the other in an `eth_call`, each in the state that those before it leave, and says what
 * becomes of each. Beyond a hundred tickets, or where the node allows little gas, each of several calls begins in the
 * state of the chain.
 *
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE, RPC_GAS_CAP
 */
export async function simulateTickets(
  connection: Connection,
  from: Address,
  tickets: readonly SignedTicket[],
): Promise<readonly TicketSimulation[]> {
  const simulations: TicketSimulation[] = []
  while (simulations.length < tickets.length) {
    const next = tickets.slice(simulations.length, simulations.length + ticketsPerCall)
    simulations.push(...(await simulateCall(connection, from, next)))
  }
  return simulations
}

/** Simulates as many of the tickets as the node's gas does for, at least one. */
async function simulateCall(
  { rpc, contracts }: Connection,
  from: Address,
  tickets: readonly SignedTicket[],
): Promise<readonly TicketSimulation[]> {
  const broker = contracts.TicketBroker
  const calls = tickets.map((ticket) => encodeRedemption(broker, [ticket]).data)
  const senders = tickets.map(({ sender }) => sender.toLowerCase() as Address)
  const [outcomes, lastInitializedRound] = await Promise.all([
    callProbe(rpc, 'redeemEach', [broker, gasPerTicket, calls, senders], 'latest', from),
    readContract(rpc, {
      address: contracts.RoundsManager,
      abi: roundsManagerAbi,
      functionName: 'lastInitializedRound',
      args: [],
    }),
  ])
  if (outcomes.length === 0) throw gasCapError()
  return outcomes.flatMap(({ ok, gasUsed, paid, revertData }, index) => {
    const ticket = tickets[index]
    if (ticket === undefined) return []
    const simulation = { hash: ticketHash(ticket), ok, paidWei: paid, gas: gasUsed }
    if (ok) return [simulation]
    const reason = reasonInData(revertData)
    // To a node that is behind, the block hash of a new round is only not known yet.
    const terminal = ticket.creationRound > lastInitializedRound ? undefined : ticketEnd(reason)
    return [{ ...simulation, reason, ...(terminal && { terminal }) }]
  })
}
