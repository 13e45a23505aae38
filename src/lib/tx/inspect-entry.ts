import { quantity, textField } from '../chain/quantity.ts'
import type { Rpc } from '../chain/rpc.ts'
import type { JournalEntry } from './journal-entry.ts'
import { parseReceipt } from './receipt.ts'
import type { Receipt } from './receipt.ts'

/** What one look at the chain says about an entry. */
export type Sighting =
  | { readonly kind: 'mined'; readonly receipt: Receipt; readonly confirmations: number }
  /** A node has the bytes, no block has them. */
  | { readonly kind: 'waiting' }
  /**
   * It was mined and has no receipt now, but no other block has taken the place of its block: the node lags, or its
   * chain has become shorter.
   */
  | { readonly kind: 'late' }
  /** No receipt, and the account has gone past the nonce: another transaction used it, or the node lags. */
  | { readonly kind: 'nonceUsed' }
  /** The node has never seen any of the attempts. */
  | { readonly kind: 'unseen' }

/** Looks for every attempt of an entry, in one round trip. */
export async function inspectEntry(rpc: Rpc, entry: JournalEntry): Promise<Sighting> {
  const block = entry.minedAs && `0x${entry.minedAs.blockNumber.toString(16)}`
  const [head, nonce, receipts, transactions, minedIn] = await Promise.all([
    rpc.request('eth_blockNumber'),
    rpc.request('eth_getTransactionCount', [entry.from, 'latest']),
    Promise.all(entry.attempts.map(({ hash }) => rpc.request('eth_getTransactionReceipt', [hash]))),
    Promise.all(entry.attempts.map(({ hash }) => rpc.request('eth_getTransactionByHash', [hash]))),
    block === undefined ? null : rpc.request('eth_getBlockByNumber', [block, false]),
  ])
  const receipt = receipts.map(parseReceipt).find((found) => found !== undefined)
  if (receipt !== undefined) {
    const inChain =
      minedIn === null ||
      entry.minedAs?.blockNumber !== receipt.blockNumber ||
      textField(minedIn, 'hash') === receipt.blockHash
    const depth = Number(quantity(head) - receipt.blockNumber) + 1
    return { kind: 'mined', receipt, confirmations: inChain ? Math.max(0, depth) : 0 }
  }
  if (entry.minedAs !== undefined) {
    const isReplaced = minedIn !== null && textField(minedIn, 'hash') !== entry.minedAs.blockHash
    if (!isReplaced) return { kind: 'late' }
  }
  if (transactions.some((transaction) => transaction !== null)) return { kind: 'waiting' }
  return quantity(nonce) > BigInt(entry.nonce) ? { kind: 'nonceUsed' } : { kind: 'unseen' }
}
