import { parseTransaction } from 'viem'

import type { Connection } from '../../contracts/connect.ts'
import type { SignedBytes, Submission } from '../../store/ticket-store.ts'
import { openJournal } from '../../tx/journal.ts'
import type { Journal } from '../../tx/journal.ts'
import type { Attempt, JournalEntry } from '../../tx/journal-entry.ts'

/** The name under which the journal keeps redemptions. */
export const redeemOperationName = 'redeem'

/** A submission as the lifecycle follows it. */
export interface FollowableSubmission {
  readonly entry: JournalEntry
  readonly journal: Journal
}

/**
 * The journal's entry of a submission, with the attempts of both; made from the bytes in the store where the journal has
 * none: its redeemer died in between, or is on another machine. Such an entry is not written down, as the store keeps it.
 */
export async function entryOfSubmission(
  submission: Submission,
  connection: Connection,
  dataFolder: string,
): Promise<FollowableSubmission> {
  const journal = openJournal(dataFolder)
  const hashes = new Set(submission.attempts.map(({ hash }) => hash.toLowerCase()))
  const open = await journal.open(connection.chainKey, submission.account)
  const known = open.find(({ attempts }) => attempts.some(({ hash }) => hashes.has(hash.toLowerCase())))
  if (known === undefined) {
    return {
      entry: entryFrom(submission, connection),
      journal: { ...journal, write: () => Promise.resolve() },
    }
  }
  const knownHashes = new Set(known.attempts.map(({ hash }) => hash.toLowerCase()))
  const missing = submission.attempts.filter(({ hash }) => !knownHashes.has(hash.toLowerCase()))
  const [first, ...others] = known.attempts
  return { entry: { ...known, attempts: [first, ...others, ...missing.map(attemptFrom)] }, journal }
}

function entryFrom(submission: Submission, { chainKey, network }: Connection): JournalEntry {
  const [first, ...others] = submission.attempts
  if (first === undefined) throw new Error(`submission ${submission.id} has no signed bytes`)
  const { to, data, value, nonce } = parseTransaction(first.signed)
  if (to === null || to === undefined || nonce === undefined) {
    throw new Error(`the bytes of submission ${submission.id} are no call`)
  }
  return {
    version: 1,
    chainKey,
    chainId: network.chainId,
    network: network.name,
    from: submission.account,
    nonce,
    operation: redeemOperationName,
    requestKey: redemptionKey(submission.id),
    call: { to, data: data ?? '0x', value: value ?? 0n },
    attempts: [attemptFrom(first), ...others.map(attemptFrom)],
    state: 'pending',
    reported: false,
  }
}

function attemptFrom({ hash, signed }: SignedBytes): Attempt {
  const { gas, maxFeePerGas, maxPriorityFeePerGas } = parseTransaction(signed as `0x02${string}`)
  return {
    hash,
    signed,
    gas: gas ?? 0n,
    maxFeePerGas: maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n,
    signedAt: new Date(0).toISOString(),
  }
}

/** What tells a submission's transaction from every other request. */
export function redemptionKey(id: string): string {
  return JSON.stringify([redeemOperationName, id])
}
