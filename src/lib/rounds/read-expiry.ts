import { roundsManagerAbi } from '../contracts/abi/rounds-manager.ts'
import { ticketBrokerAbi } from '../contracts/abi/ticket-broker.ts'
import type { Connection } from '../contracts/connect.ts'
import { readContract } from '../contracts/read-contract.ts'

/** What decides whether a ticket has expired; see `isExpired` of the payment maths. */
export interface Expiry {
  readonly currentRound: bigint
  /** in rounds */
  readonly ticketValidityPeriod: bigint
}

/** Reads the round and how long tickets hold, in one round trip. */
export async function readExpiry({ rpc, contracts }: Connection): Promise<Expiry> {
  const [currentRound, ticketValidityPeriod] = await Promise.all([
    readContract(rpc, {
      address: contracts.RoundsManager,
      abi: roundsManagerAbi,
      functionName: 'currentRound',
      args: [],
    }),
    readContract(rpc, {
      address: contracts.TicketBroker,
      abi: ticketBrokerAbi,
      functionName: 'ticketValidityPeriod',
      args: [],
    }),
  ])
  return { currentRound, ticketValidityPeriod }
}
