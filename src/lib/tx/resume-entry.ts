import type { Signer } from '../account/signer.ts'
import type { Connection } from '../contracts/connect.ts'
import { ConfigurationError, PreconditionError, UsageError } from '../errors.ts'
import { formatWei } from '../units/wei.ts'
import { lockAccount } from './account-lock.ts'
import { replacementFees } from './fees.ts'
import { followEntry } from './follow-entry.ts'
import type { FollowOptions } from './follow-entry.ts'
import { inspectEntry } from './inspect-entry.ts'
import { isClosed, lastAttempt, reopened } from './journal-entry.ts'
import type { JournalEntry } from './journal-entry.ts'
import { openJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import type { Receipt } from './receipt.ts'
import { signAttempt } from './sign-and-broadcast.ts'
import { failUnlessFinal } from './verdict.ts'

/**
 * The entry that a hash, or the beginning of one, belongs to.
 *
 * @throws {UsageError} TRANSACTION_NOT_FOUND, TRANSACTION_AMBIGUOUS
 */
export async function findEntry(dataFolder: string, hash: string): Promise<JournalEntry> {
  const wanted = hash.toLowerCase()
  const entries = await openJournal(dataFolder).all()
  const found = /^0x[0-9a-f]{6,64}$/.test(wanted)
    ? entries.filter(({ attempts }) => attempts.some((attempt) => attempt.hash.startsWith(wanted)))
    : []
  const [entry] = found
  if (entry === undefined) {
    throw new UsageError('TRANSACTION_NOT_FOUND', `the journal has no transaction ${hash}`, {
      nextSteps: ['lp-pay tx list'],
    })
  }
  if (found.length > 1) {
    throw new UsageError('TRANSACTION_AMBIGUOUS', `${hash} is the beginning of more than one transaction`, {
      nextSteps: ['write more of it: lp-pay tx list'],
    })
  }
  return entry
}

export interface ResumeOptions extends Omit<FollowOptions, 'broadcastAgainAfterMs'> {
  readonly connection: Connection
  readonly dataFolder: string
  /** Signs a replacement with at least 10 % more, never above the limit. */
  readonly raiseFee?: { readonly signer: () => Promise<Signer>; readonly limitWei: bigint }
}

/**
 * Sees a transaction of the journal through to its end, and marks it as reported.
 *
 * @throws {ConfigurationError} TRANSACTION_OF_OTHER_CHAIN
 * @throws {PreconditionError} TRANSACTION_SETTLED, FEE_ABOVE_LIMIT, TRANSACTION_SUPERSEDED
 * @throws {RevertedError} TRANSACTION_REVERTED
 * @throws {UnknownStateError} TRANSACTION_UNKNOWN
 */
export async function resumeEntry(
  entry: JournalEntry,
  options: ResumeOptions,
): Promise<{ entry: JournalEntry; receipt: Receipt }> {
  const { connection, dataFolder } = options
  if (entry.chainKey !== connection.chainKey) {
    throw new ConfigurationError(
      'TRANSACTION_OF_OTHER_CHAIN',
      `that transaction was made for another chain: ${entry.network}`,
      {
        details: { chainOfTransaction: entry.chainKey, chain: connection.chainKey },
        nextSteps: [`--network ${entry.network}; a devnet that was started again is another chain`],
      },
    )
  }
  if (isClosed(entry)) {
    throw new PreconditionError('TRANSACTION_SETTLED', `that transaction is settled: ${entry.state}`, {
      details: { state: entry.state },
      nextSteps: [`lp-pay tx show ${entry.attempts[0].hash}`],
    })
  }
  const journal = openJournal(dataFolder)
  const signer = await options.raiseFee?.signer()
  const lock = await lockAccount(dataFolder, entry.chainKey, entry.from, 'tx resume')
  try {
    const replaced = signer === undefined ? entry : await raiseFee(entry, journal, signer, options)
    const followed = await followEntry(connection.rpc, journal, reopened(replaced), {
      ...options,
      broadcastAgainAfterMs: 0,
    })
    const { receipt } = await failUnlessFinal(followed, journal)
    const reported = { ...followed.entry, reported: true }
    await journal.write(reported)
    return { entry: reported, receipt }
  } finally {
    await lock.release()
  }
}

/** The new attempt joins the old ones on disk before it is sent: whichever is mined settles the entry. */
async function raiseFee(
  entry: JournalEntry,
  journal: Journal,
  signer: Signer,
  options: ResumeOptions,
): Promise<JournalEntry> {
  const { connection, raiseFee: raise, onStep } = options
  const sighting = await inspectEntry(connection.rpc, entry)
  if (raise === undefined || sighting.kind === 'mined' || sighting.kind === 'nonceUsed') return entry
  const { gas, ...previous } = lastAttempt(entry)
  const fees = replacementFees(previous)
  if (fees.maxFeePerGas > raise.limitWei) {
    const gwei = (wei: bigint) => `${formatWei(wei, 'gwei')} gwei`
    throw new PreconditionError(
      'FEE_ABOVE_LIMIT',
      `a replacement must offer at least ${gwei(fees.maxFeePerGas)}, above the limit of ${gwei(raise.limitWei)}`,
      {
        details: { neededWei: fees.maxFeePerGas, limitWei: raise.limitWei },
        nextSteps: ['raise --max-fee-per-gas'],
      },
    )
  }
  onStep?.({ name: 'sign' })
  const offer = { maxFeePerGas: raise.limitWei, maxPriorityFeePerGas: fees.maxPriorityFeePerGas }
  const attempt = await signAttempt(signer, entry.chainId, entry.nonce, entry.call, gas, offer)
  const replaced: JournalEntry = { ...entry, attempts: [...entry.attempts, attempt] }
  onStep?.({ name: 'journal', hash: attempt.hash })
  await journal.write(replaced)
  onStep?.({ name: 'broadcast', hash: attempt.hash })
  await connection.rpc.sendRawTransaction(attempt.signed)
  return replaced
}
