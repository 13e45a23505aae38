import * as OxAddress from 'ox/Address'
import type { Address } from 'viem'

import { UsageError, quoted } from '../errors.ts'

/**
 * Reads an address and returns it with its checksum (EIP-55). All lower or all upper case carries no
 * checksum and is accepted; mixed case must be right.
 *
 * @throws {UsageError} ADDRESS_INVALID, ADDRESS_CHECKSUM
 */
export function parseAddress(text: string): Address {
  const given = text.trim()
  const digits = /^0x([0-9a-f]{40})$/i.exec(given)?.[1]
  if (digits === undefined || !given.startsWith('0x')) throw invalid(given, 'write 0x and 40 hex digits')
  if (/^0+$/.test(digits)) throw invalid(given, 'nobody owns the zero address')
  // Commands that need nothing else of viem start without it.
  const address = OxAddress.checksum(`0x${digits.toLowerCase()}`)
  const hasChecksum = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (hasChecksum && given !== address) {
    throw new UsageError('ADDRESS_CHECKSUM', `${given} is an address with a wrong checksum`, {
      nextSteps: ['copy the address again from where it comes from: a character is wrong'],
    })
  }
  return address
}

function invalid(given: string, why: string): UsageError {
  // What is longer than an address may be a private key in the wrong place, so it is not repeated.
  return new UsageError('ADDRESS_INVALID', `${quoted(given, 42)} is not an address: ${why}`)
}
