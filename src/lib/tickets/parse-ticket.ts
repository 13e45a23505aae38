import { getAddress, maxUint256 } from 'viem'
import type { Address, Hex } from 'viem'

import { UsageError } from '../errors.ts'
import type { SignedTicket } from '../pm/ticket.ts'

/** The fields of a ticket that programs exchange, under the contract's names. */
export const ticketFields = [
  'recipient',
  'sender',
  'faceValue',
  'winProb',
  'senderNonce',
  'recipientRandHash',
  'creationRound',
  'creationRoundBlockHash',
  'sig',
  'recipientRand',
] as const satisfies readonly (keyof SignedTicket)[]

export type TicketField = (typeof ticketFields)[number]

/**
 * Reads a ticket from outside: an object with `ticketFields`. Integers are decimal or 0x hex strings, or JSON numbers
 * that are exact; bytes are 0x hex; an address in mixed case must have the right checksum. Other fields are passed over:
 * exports have more columns. Whether sender and signature agree is for the validation to say.
 *
 * @throws {UsageError} TICKET_INVALID, TICKET_FIELD_INVALID; neither repeats what was given
 */
export function parseTicket(value: unknown): SignedTicket {
  if (!isObject(value))
    throw new UsageError('TICKET_INVALID', 'it is not an object with the fields of a ticket')
  return {
    recipient: readAddress(value, 'recipient'),
    sender: readAddress(value, 'sender'),
    faceValue: readUint256(value, 'faceValue'),
    winProb: readUint256(value, 'winProb'),
    senderNonce: readUint256(value, 'senderNonce'),
    recipientRandHash: readBytes(value, 'recipientRandHash', 32),
    creationRound: readUint256(value, 'creationRound'),
    creationRoundBlockHash: readBytes(value, 'creationRoundBlockHash', 32),
    sig: readBytes(value, 'sig', 65),
    recipientRand: readUint256(value, 'recipientRand'),
  }
}

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Only what the object itself has: a key of the prototype is no field. */
function read(fields: Fields, field: TicketField): unknown {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (value === undefined || value === null || value === '') throw invalid(field, 'is missing')
  return value
}

function readAddress(fields: Fields, field: TicketField): Address {
  const text = readHex(fields, field, 20)
  const address = getAddress(text.toLowerCase())
  const digits = text.slice(2)
  const hasChecksum = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (hasChecksum && text !== address) throw invalid(field, 'has a wrong checksum')
  return address
}

function readBytes(fields: Fields, field: TicketField, size: number): Hex {
  return `0x${readHex(fields, field, size).slice(2).toLowerCase()}`
}

function readHex(fields: Fields, field: TicketField, size: number): string {
  const value = read(fields, field)
  if (typeof value !== 'string' || value.length !== 2 + 2 * size || !/^0x[0-9a-fA-F]*$/.test(value)) {
    throw invalid(field, `is not 0x and ${String(size)} bytes of hex`)
  }
  return value
}

/** 2^256 - 1 has 78 decimal digits, and 64 of hex. */
const uint256Text = /^(?:\d{1,78}|0x[0-9a-fA-F]{1,64})$/

function readUint256(fields: Fields, field: TicketField): bigint {
  const value = read(fields, field)
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value >= 0) return BigInt(value)
    throw invalid(field, 'is a number that JSON does not keep exactly: write it as a string')
  }
  if (typeof value !== 'string' || !uint256Text.test(value)) {
    throw invalid(field, 'is not a whole number in decimal or 0x hex')
  }
  const integer = BigInt(value)
  if (integer > maxUint256) throw invalid(field, 'is more than 2^256 - 1')
  return integer
}

function invalid(field: TicketField, what: string): UsageError {
  return new UsageError('TICKET_FIELD_INVALID', `${field} ${what}`, { details: { field } })
}
