import { decodeFunctionData } from 'viem'
import type { DecodeFunctionDataReturnType, Hex } from 'viem'

import { ticketBrokerAbi } from '../../contracts/abi/ticket-broker.ts'
import { UsageError } from '../../errors.ts'
import { readAuxData } from '../../pm/aux-data.ts'
import type { SignedTicket } from '../../pm/ticket.ts'

/** The tickets that a transaction to the TicketBroker redeems, or tries to. */
export interface RedemptionCall {
  readonly functionName: 'redeemWinningTicket' | 'batchRedeemWinningTickets'
  readonly tickets: readonly SignedTicket[]
}

/** More than a block of Arbitrum takes from one transaction. */
const longestCalldata = 256 * 1024

/**
 * Reads the calldata of a redemption. Signatures and wins are not checked.
 *
 * @throws {UsageError} CALLDATA_INVALID
 */
export function decodeRedemptionCalldata(data: Hex): RedemptionCall {
  if (data.length > 2 + 2 * longestCalldata) throw invalid('it is longer than 256 KiB')
  if (!/^0x(?:[0-9a-f]{2})*$/i.test(data)) throw invalid('it is not 0x and bytes of hex')
  const call = decode(data)
  if (call.functionName === 'redeemWinningTicket') {
    const [ticket, sig, recipientRand] = call.args
    return { functionName: call.functionName, tickets: [toSignedTicket(ticket, sig, recipientRand, 0)] }
  }
  if (call.functionName !== 'batchRedeemWinningTickets') throw invalid(`it calls ${call.functionName}`)
  const [tickets, sigs, recipientRands] = call.args
  const redeemed = tickets.map((ticket, index) => {
    const [sig, recipientRand] = [sigs[index], recipientRands[index]]
    if (sig === undefined || recipientRand === undefined) throw invalid('its lists are not equally long')
    return toSignedTicket(ticket, sig, recipientRand, index)
  })
  if (sigs.length !== tickets.length || recipientRands.length !== tickets.length) {
    throw invalid('its lists are not equally long')
  }
  return { functionName: call.functionName, tickets: redeemed }
}

type BrokerCall = DecodeFunctionDataReturnType<typeof ticketBrokerAbi>

function decode(data: Hex): BrokerCall {
  try {
    return decodeFunctionData({ abi: ticketBrokerAbi, data })
  } catch (cause) {
    throw invalid('the TicketBroker has no such function, or its arguments are damaged', cause)
  }
}

interface ContractTicket extends Omit<
  SignedTicket,
  'creationRound' | 'creationRoundBlockHash' | 'sig' | 'recipientRand'
> {
  readonly auxData: Hex
}

function toSignedTicket(
  { auxData, ...ticket }: ContractTicket,
  sig: Hex,
  recipientRand: bigint,
  index: number,
): SignedTicket {
  const creation = readAuxData(auxData)
  if (creation === undefined) throw invalid(`the auxData of ticket ${String(index + 1)} is not 64 bytes`)
  return { ...ticket, ...creation, sig, recipientRand }
}

function invalid(why: string, cause?: unknown): UsageError {
  return new UsageError('CALLDATA_INVALID', `this is no redemption: ${why}`, { cause })
}
