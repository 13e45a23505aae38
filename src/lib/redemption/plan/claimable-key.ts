import type { Address } from 'viem'

/** The key of what a recipient can claim from a sender's reserve. */
export function claimableKey(sender: Address, recipient: Address): string {
  return `${sender.toLowerCase()}:${recipient.toLowerCase()}`
}
