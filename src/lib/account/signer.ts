import type { Address, Hex, TransactionSerializableEIP1559 } from 'viem'

import { PreconditionError } from '../errors.ts'
import { parsePrivateKey } from './private-key.ts'
import { wellKnownAddresses } from './well-known-addresses.ts'

/** What can sign for an account; where the key is, is its own affair. */
export interface Signer {
  readonly address: Address
  /** The signed transaction, ready to be broadcast. */
  signTransaction(transaction: TransactionSerializableEIP1559): Promise<Hex>
  /** EIP-191 personal_sign over raw bytes: r ‖ s ‖ v, 65 bytes, low s, v 27 or 28. */
  signMessage(raw: Hex): Promise<Hex>
}

/**
 * Signs with a key in memory. viem's curve is loaded only here, as most commands never sign.
 *
 * @throws {UsageError} KEY_INVALID
 */
export async function localSigner(privateKey: Hex): Promise<Signer> {
  // viem's own error would quote an invalid key.
  const key = parsePrivateKey(privateKey)
  const { privateKeyToAccount } = await import('./sign-locally.ts')
  const account = privateKeyToAccount(key)
  return {
    address: account.address,
    signTransaction: (transaction) => account.signTransaction(transaction),
    signMessage: (raw) => account.signMessage({ message: { raw } }),
  }
}

/**
 * Refuses keys that everybody has, except on a chain on this machine: elsewhere what is sent to them is
 * taken within seconds.
 *
 * @throws {PreconditionError} WELL_KNOWN_KEY
 */
export function refuseWellKnownKey(
  address: Address,
  network: { readonly name: string; readonly local: boolean },
  wellKnown: readonly Address[] = wellKnownAddresses,
): void {
  if (network.local || !wellKnown.some((known) => known.toLowerCase() === address.toLowerCase())) return
  throw new PreconditionError(
    'WELL_KNOWN_KEY',
    `the private key of ${address} is published in the manuals of test chains; on ${network.name} anyone could take what it holds`,
    {
      details: { address, network: network.name },
      nextSteps: ['lp-pay account create', 'use this account on a local test chain only'],
    },
  )
}
