import { PreconditionError, RevertedError, UnknownStateError } from '../errors.ts'
import type { Followed } from './follow-entry.ts'
import { hashOf } from './journal-entry.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { Journal } from './journal.ts'
import type { Receipt } from './receipt.ts'

/**
 * Turns whatever is not a success at the wanted depth into its error.
 *
 * @throws {RevertedError} TRANSACTION_REVERTED
 * @throws {PreconditionError} TRANSACTION_SUPERSEDED
 * @throws {UnknownStateError} TRANSACTION_UNKNOWN
 */
export async function failUnlessFinal(followed: Followed, journal: Journal): Promise<{ receipt: Receipt }> {
  const { entry, receipt, stopped, refusal } = followed
  if (receipt !== undefined && entry.state === 'final') return { receipt }
  const hash = hashOf(entry)
  const details = { hash, operation: entry.operation, nonce: entry.nonce, state: entry.state }
  if (receipt !== undefined) {
    await journal.write({ ...entry, reported: true })
    throw new RevertedError('TRANSACTION_REVERTED', `${entry.operation} was mined and reverted: ${hash}`, {
      details: {
        ...details,
        blockNumber: receipt.blockNumber,
        feeWei: receipt.gasUsed * receipt.effectiveGasPrice,
      },
      nextSteps: ['see the state: lp-pay status'],
    })
  }
  if (stopped === undefined) {
    await journal.write({ ...entry, reported: true })
    throw new PreconditionError(
      'TRANSACTION_SUPERSEDED',
      `another transaction used nonce ${String(entry.nonce)} of ${entry.from}; ${hash} can no longer be mined`,
      { details, nextSteps: ['see the state: lp-pay status; then repeat the command if it is still wanted'] },
    )
  }
  throw unknownState(entry, stopped, refusal)
}

function unknownState(
  entry: JournalEntry,
  stopped: 'timeout' | 'interrupted',
  refusal?: string,
): UnknownStateError {
  const hash = hashOf(entry)
  const why = stopped === 'timeout' ? 'not known in time' : 'not known when you stopped waiting'
  const mined = entry.state === 'mined' ? 'it is mined but not final' : 'it may still be mined'
  return new UnknownStateError(
    'TRANSACTION_UNKNOWN',
    `the fate of ${entry.operation} ${hash} is ${why}: ${mined}${refusal === undefined ? '' : ` (the node says: ${refusal})`}`,
    {
      details: { hash, operation: entry.operation, nonce: entry.nonce, state: entry.state },
      nextSteps: [`lp-pay tx resume ${hash}`],
    },
  )
}
