import { zeroHash } from 'viem'
import type { Address, Hex } from 'viem'

import { quantity } from '../../chain/quantity.ts'
import { controllerAbi } from '../../contracts/abi/controller.ts'
import { roundsManagerAbi } from '../../contracts/abi/rounds-manager.ts'
import { ticketBrokerAbi } from '../../contracts/abi/ticket-broker.ts'
import type { Connection } from '../../contracts/connect.ts'
import { readContract } from '../../contracts/read-contract.ts'
import type { SignedTicket } from '../../pm/ticket.ts'
import type { NewTicket } from '../../store/ticket-store.ts'
import { readFeeMarket } from '../../tx/fees.ts'
import { readDataGas } from './data-gas.ts'
import { encodeRedemption } from './encode.ts'
import { claimableKey } from '../plan/claimable-key.ts'
import type { GasPrice, PlanChain } from '../plan/types.ts'
import { readMany } from '../probe/read-many.ts'

/** What the plan of a redemption depends on, as one block shows it. */
export interface RedemptionChain extends PlanChain {
  readonly blockNumber: bigint
  readonly paused: boolean
  /** Whether the current round is initialised: until then nothing can be redeemed. */
  readonly roundInitialized: boolean
  readonly lastInitializedRound: bigint
  /** The hashes of those of the tickets that are used up. */
  readonly used: ReadonlySet<Hex>
  /** RoundsManager.blockHashForRound of the tickets' creation rounds; without those that have none (yet). */
  readonly roundBlockHashes: ReadonlyMap<bigint, Hex>
  readonly gas: GasPrice
}

/** Tickets whose data stand for that of all: Arbitrum compresses it, so that the figure wants company. */
const typicalTickets = 10

/**
 * Reads what the redemption of tickets depends on: two round trips for some hundred tickets, about fifteen for a
 * hundred thousand. All of it is of one block; a node that does not know the block yet is asked again, and then another.
 *
 * @throws {RpcUnavailableError} RPC_WITHOUT_OVERRIDE the node takes no state override
 */
export async function readRedemptionChain(
  connection: Connection,
  tickets: readonly NewTicket[],
): Promise<RedemptionChain> {
  const { rpc, contracts, network } = connection
  const [head, market] = await Promise.all([rpc.request('eth_blockNumber'), readFeeMarket(rpc)])
  const block = quantity(head)
  const manager = { address: contracts.RoundsManager, abi: roundsManagerAbi, args: [], block } as const
  const controller = { address: network.controller, abi: controllerAbi, args: [], block } as const
  const broker = { address: contracts.TicketBroker, abi: ticketBrokerAbi, args: [], block } as const
  const asked = questions(tickets)
  const [currentRound, roundInitialized, lastInitializedRound, ticketValidityPeriod, paused, dataGas, found] =
    await Promise.all([
      readContract(rpc, { ...manager, functionName: 'currentRound' }),
      readContract(rpc, { ...manager, functionName: 'currentRoundInitialized' }),
      readContract(rpc, { ...manager, functionName: 'lastInitializedRound' }),
      readContract(rpc, { ...broker, functionName: 'ticketValidityPeriod' }),
      readContract(rpc, { ...controller, functionName: 'paused' }),
      readDataGasPerTicket(
        connection,
        tickets.map(({ ticket }) => ticket),
      ),
      readMany(connection, block, asked),
    ])
  return {
    blockNumber: block,
    paused,
    currentRound,
    roundInitialized,
    lastInitializedRound,
    ticketValidityPeriod,
    senders: new Map(
      asked.senders.map((sender, index) => [
        sender,
        {
          depositWei: found.senders[index]?.deposit ?? 0n,
          withdrawRound: found.senders[index]?.withdrawRound ?? 0n,
        },
      ]),
    ),
    recipients: new Map(
      asked.recipients.map((recipient, index) => [
        recipient,
        {
          active: found.recipients[index]?.active ?? false,
          // BondingManager.updateTranscoderWithFees notes the round in which it was called.
          paidThisRound: found.recipients[index]?.lastFeeRound === currentRound,
        },
      ]),
    ),
    claimable: new Map(
      asked.pairs.map(({ sender, recipient }, index) => [
        claimableKey(sender, recipient),
        found.claimable[index] ?? 0n,
      ]),
    ),
    used: new Set(asked.hashes.filter((_, index) => found.used[index])),
    roundBlockHashes: new Map(
      asked.rounds.flatMap((round, index) => {
        const hash = found.blockHashes[index] ?? zeroHash
        return hash === zeroHash ? [] : [[round, hash] as const]
      }),
    ),
    gas: {
      executionWei: market.baseFeePerGas + market.maxPriorityFeePerGas,
      dataGasPerTicket: dataGas,
    },
  }
}

/** Everything that is asked about tickets, once each. */
function questions(tickets: readonly NewTicket[]) {
  const parties = tickets.map(({ ticket }) => ({
    sender: lowerCase(ticket.sender),
    recipient: lowerCase(ticket.recipient),
  }))
  return {
    hashes: tickets.map(({ hash }) => hash),
    rounds: [...new Set(tickets.map(({ ticket }) => ticket.creationRound))],
    senders: [...new Set(parties.map(({ sender }) => sender))],
    recipients: [...new Set(parties.map(({ recipient }) => recipient))],
    pairs: [...new Map(parties.map((pair) => [claimableKey(pair.sender, pair.recipient), pair])).values()],
  }
}

async function readDataGasPerTicket(
  { rpc, contracts }: Connection,
  tickets: readonly SignedTicket[],
): Promise<bigint> {
  const typical = tickets.slice(0, typicalTickets)
  if (typical.length === 0) return 0n
  return (await readDataGas(rpc, encodeRedemption(contracts.TicketBroker, typical))) / BigInt(typical.length)
}

function lowerCase(address: Address): Address {
  return address.toLowerCase() as Address
}
