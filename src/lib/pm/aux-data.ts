import type { Hex } from 'viem'

import { fixedDigits, uint256Digits } from './packed.ts'
import type { Ticket } from './ticket.ts'

/**
 * What a ticket says of its creation: uint256(creationRound) ‖ bytes32(creationRoundBlockHash), or nothing when both are
 * zero (go-livepeer's `Ticket.AuxData`). The contract redeems only tickets with the 64 bytes.
 *
 * @throws {UsageError} TICKET_FIELD_INVALID
 */
export function auxData(ticket: Pick<Ticket, 'creationRound' | 'creationRoundBlockHash'>): Hex {
  const blockHash = fixedDigits('creationRoundBlockHash', ticket.creationRoundBlockHash, 32)
  if (ticket.creationRound === 0n && /^0*$/.test(blockHash)) return '0x'
  return `0x${uint256Digits('creationRound', ticket.creationRound)}${blockHash}`
}

/** Reads what `auxData` writes; undefined for anything but the 64 bytes that the contract redeems. */
export function readAuxData(
  bytes: Hex,
): Pick<Ticket, 'creationRound' | 'creationRoundBlockHash'> | undefined {
  const [, round, blockHash] = /^0x([0-9a-f]{64})([0-9a-f]{64})$/i.exec(bytes) ?? []
  if (round === undefined || blockHash === undefined) return undefined
  return { creationRound: BigInt(`0x${round}`), creationRoundBlockHash: `0x${blockHash}` }
}
