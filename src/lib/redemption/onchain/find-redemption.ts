import { encodeEventTopics, getAddress, numberToHex } from 'viem'
import type { Address, Hex } from 'viem'

import { quantity, textField } from '../../chain/quantity.ts'
import { RpcResponseError } from '../../chain/rpc.ts'
import type { Rpc } from '../../chain/rpc.ts'
import { redemptionEventsAbi } from '../../contracts/abi/ticket-broker-events.ts'
import type { Connection } from '../../contracts/connect.ts'
import { ticketHash } from '../../pm/ticket-hash.ts'
import type { Ticket } from '../../pm/ticket.ts'
import { parseLog, parseReceipt } from '../../tx/receipt.ts'
import type { Log } from '../../tx/receipt.ts'
import { decodeRedemptions } from './redemption-events.ts'

/** The transaction that used up a ticket. */
export interface FoundRedemption {
  readonly transactionHash: Hex
  /** Who paid for its gas. */
  readonly from: Address
  readonly paidWei: bigint
  readonly blockNumber: bigint
}

export interface FindOptions {
  /** How many blocks back from the newest to search. */
  readonly blocks?: bigint
  /** How many questions to ask at most. */
  readonly requests?: number
}

/** More than three rounds of 21 hours at Arbitrum's four blocks a second: no ticket is valid for longer. */
const usualBlocks = 1_200_000n
const usualRequests = 60
/** Where a node takes no range of this many blocks, searching is given up. */
const smallestRange = 100n

/**
 * Looks for the redemption of a ticket in the events of the chain, from the newest block back. Nodes allow ranges of
 * very different sizes, so a range that is refused is halved. It is a best effort: undefined may also mean that the
 * search was given up.
 *
 * @throws {RpcUnavailableError} no RPC gave a usable answer
 */
export async function findRedemption(
  { rpc, contracts }: Connection,
  ticket: Ticket,
  { blocks = usualBlocks, requests = usualRequests }: FindOptions = {},
): Promise<FoundRedemption | undefined> {
  const broker = contracts.TicketBroker
  const hash = ticketHash(ticket)
  const newest = quantity(await rpc.request('eth_blockNumber'))
  const oldest = newest > blocks ? newest - blocks : 0n
  let to = newest
  let range = newest - oldest + 1n
  for (let asked = 0; asked < requests && to >= oldest; asked++) {
    const from = to - range + 1n > oldest ? to - range + 1n : oldest
    const logs = await readLogs(rpc, broker, ticket, from, to)
    if (logs === undefined) {
      range /= 2n
      if (range < smallestRange) return undefined
      continue
    }
    const found = logs.find((log) => decodeRedemptions(broker, [log]).some((one) => one.hash === hash))
    if (found !== undefined) return readTransaction(rpc, broker, hash, found.transactionHash)
    to = from - 1n
  }
  return undefined
}

/** The redemptions between two parties; undefined when the node refuses the range. */
async function readLogs(
  rpc: Rpc,
  broker: Address,
  { sender, recipient }: Ticket,
  from: bigint,
  to: bigint,
): Promise<readonly (Log & { readonly transactionHash: Hex })[] | undefined> {
  const topics = encodeEventTopics({
    abi: redemptionEventsAbi,
    eventName: 'WinningTicketRedeemed',
    args: { sender: lowerCase(sender), recipient: lowerCase(recipient) },
  })
  try {
    const filter = { address: broker, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) }
    const logs = await rpc.request('eth_getLogs', [filter])
    if (!Array.isArray(logs)) return []
    return logs.map((log) => ({
      ...parseLog(log),
      transactionHash: textField(log, 'transactionHash') as Hex,
    }))
  } catch (error) {
    if (error instanceof RpcResponseError) return undefined
    throw error
  }
}

/** What the whole transaction says: its amount stands in another event than its ticket. */
async function readTransaction(
  rpc: Rpc,
  broker: Address,
  hash: Hex,
  transactionHash: Hex,
): Promise<FoundRedemption | undefined> {
  const answer = await rpc.request('eth_getTransactionReceipt', [transactionHash])
  const receipt = parseReceipt(answer)
  const redemption = decodeRedemptions(broker, receipt?.logs ?? []).find((one) => one.hash === hash)
  if (receipt === undefined || redemption === undefined) return undefined
  return {
    transactionHash: receipt.hash,
    from: getAddress(textField(answer, 'from')),
    paidWei: redemption.paidWei,
    blockNumber: receipt.blockNumber,
  }
}

function lowerCase(address: Address): Address {
  return address.toLowerCase() as Address
}
