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
import { replaceAttempt } from './replace-attempt.ts'
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

export interface ResumeOptions extends Omit<FollowOptions, 'broadcastAgainAfterMs' | 'raiseFee'> {
  readonly connection: Connection
  readonly dataFolder: string
  /** Signs one replacement with at least 10 % more, at the limit. */
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
    throw settled(entry, entry.state)
  }
  const journal = openJournal(dataFolder)
  const raise = options.raiseFee
  const signer = await raise?.signer()
  const lock = await lockAccount(dataFolder, entry.chainKey, entry.from, 'tx resume')
  try {
    const now = await readAgain(journal, entry)
    const replaced =
      raise === undefined || signer === undefined
        ? now
        : await raiseFee(now, journal, signer, raise.limitWei, options)
    const { raiseFee: _onceOnly, ...following } = options
    const followed = await followEntry(connection.rpc, journal, reopened(replaced), {
      ...following,
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

/** The entry as it is now: it was found before the lock, and somebody may have replaced or settled it since. */
async function readAgain(journal: Journal, entry: JournalEntry): Promise<JournalEntry> {
  const [{ hash }] = entry.attempts
  const open = await journal.open(entry.chainKey, entry.from)
  const now = open.find(({ attempts: [first] }) => first.hash === hash)
  if (now === undefined) throw settled(entry, 'another process has settled it')
  return now
}

function settled(entry: JournalEntry, how: string): PreconditionError {
  return new PreconditionError('TRANSACTION_SETTLED', `that transaction is settled: ${how}`, {
    details: { state: entry.state },
    nextSteps: [`lp-pay tx show ${entry.attempts[0].hash}`],
  })
}

/** Offers the limit, as that is what the user has asked for. */
async function raiseFee(
  entry: JournalEntry,
  journal: Journal,
  signer: Signer,
  limitWei: bigint,
  { connection: { rpc }, onStep }: ResumeOptions,
): Promise<JournalEntry> {
  const sighting = await inspectEntry(rpc, entry)
  if (sighting.kind === 'mined' || sighting.kind === 'nonceUsed') return entry
  const least = replacementFees(lastAttempt(entry))
  if (least.maxFeePerGas > limitWei) {
    const gwei = (wei: bigint) => `${formatWei(wei, 'gwei')} gwei`
    throw new PreconditionError(
      'FEE_ABOVE_LIMIT',
      `a replacement must offer at least ${gwei(least.maxFeePerGas)}, above the limit of ${gwei(limitWei)}`,
      {
        details: { neededWei: least.maxFeePerGas, limitWei },
        nextSteps: ['raise --max-fee-per-gas'],
      },
    )
  }
  const fees = { ...least, maxFeePerGas: limitWei }
  return replaceAttempt({ rpc, journal, entry, signer, fees, onStep })
}
