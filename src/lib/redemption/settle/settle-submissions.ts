import type { Address } from 'viem'

import { LockHeldError } from '../../errors.ts'
import type { Submission } from '../../store/ticket-store.ts'
import { lockAccount } from '../../tx/account-lock.ts'
import { followEntry } from '../../tx/follow-entry.ts'
import type { FollowOptions } from '../../tx/follow-entry.ts'
import { openJournal } from '../../tx/journal.ts'
import { hashOf, lastAttempt, reopened } from '../../tx/journal-entry.ts'
import type { JournalEntry } from '../../tx/journal-entry.ts'
import { failUnlessFinal } from '../../tx/verdict.ts'
import type { RedeemContext } from '../redeem-context.ts'
import type { SubmittedBatch } from '../redeem-result.ts'
import { ClaimLostError } from '../redeem-errors.ts'
import { hasEnded } from '../redeemer.ts'
import { entryOfSubmission, redeemOperationName } from './settle-entry.ts'
import { closeMined, tellStore, ticketsOf } from './settle-mined.ts'
import type { OpenSubmission } from './settle-mined.ts'

/** After this long without a word from its redeemer, a claim counts as abandoned. */
const leaseMs = 5 * 60_000
/** How long the transaction of another account is looked at; nothing of ours waits for it. */
const othersTimeoutMs = 15_000

/**
 * Sees through what this redeemer, or one that is gone, has left open: gives claims up for which nothing was signed,
 * follows transactions to their end, and writes down what became of their tickets. What a living redeemer has in hand is
 * left to it.
 *
 * @param onSettled told of each transaction that came to its end
 * @throws {UnknownStateError} TRANSACTION_UNKNOWN one of the own account has no end yet: nothing can be sent before it
 */
export async function settleSubmissions(
  context: RedeemContext,
  onSettled: (batch: SubmittedBatch) => void,
): Promise<void> {
  const { store, payer, holder } = context
  for (const submission of await store.submissions()) {
    const abandoned = isAbandoned(submission, holder)
    if (submission.state === 'claimed') {
      // What its redeemer signs after this is refused by the store, and so never sent.
      if (abandoned) await store.giveUpClaim(submission.id)
      continue
    }
    if (!abandoned && !isSame(submission.account, payer.address)) continue
    const batch = await settle(submission, context)
    if (batch !== undefined) onSettled(batch)
  }
  await settleForgotten(context)
}

/**
 * Sees redemptions of the journal through that the store knows nothing of: it was restored from an older copy. What they
 * redeemed is found on chain.
 */
async function settleForgotten(context: RedeemContext): Promise<void> {
  const { connection, dataFolder, payer } = context
  const journal = openJournal(dataFolder)
  const openRedemptions = async () =>
    (await journal.open(connection.chainKey, payer.address)).filter(
      ({ operation }) => operation === redeemOperationName,
    )
  if ((await openRedemptions()).length === 0) return
  const lock = await lockAccount(
    dataFolder,
    connection.chainKey,
    payer.address,
    'settling an earlier redemption',
  )
  try {
    for (const entry of await openRedemptions()) {
      const followed = await followEntry(connection.rpc, journal, reopened(entry), waitOptions(context))
      if (followed.stopped !== undefined) await failUnlessFinal(followed, journal)
      await journal.write({ ...followed.entry, reported: true })
    }
  } finally {
    await lock.release()
  }
}

function isAbandoned({ holder, ageMs }: Submission, own: string): boolean {
  return holder === own || hasEnded(holder) || ageMs > leaseMs
}

/** Undefined when it came to no end, or to none that changed the chain. */
async function settle(submission: Submission, context: RedeemContext): Promise<SubmittedBatch | undefined> {
  const { connection, dataFolder } = context
  const { account } = submission
  let lock
  try {
    lock = await lockAccount(dataFolder, connection.chainKey, account, 'settling an earlier redemption')
  } catch (error) {
    // Whoever sends from that account sees to its transactions first.
    if (error instanceof LockHeldError && !isSame(account, context.payer.address)) return undefined
    throw error
  }
  try {
    return await settleLocked(submission, context)
  } catch (error) {
    if (error instanceof ClaimLostError) return undefined
    throw error
  } finally {
    await lock.release()
  }
}

async function settleLocked({ id }: Submission, context: RedeemContext): Promise<SubmittedBatch | undefined> {
  const { connection, store, dataFolder, onStep } = context
  for (;;) {
    const submission = (await store.submissions()).find((open) => open.id === id)
    if (submission === undefined || submission.state === 'claimed') return undefined
    const isOwn = isSame(submission.account, context.payer.address)
    const open = { id, tickets: await ticketsOf(store, submission.tickets) }
    const { entry, journal } = await entryOfSubmission(submission, connection, dataFolder)
    onStep?.({ name: 'settle', operation: entry.operation, hash: hashOf(entry) })
    const options = isOwn ? ownOptions(open, entry, context) : othersOptions(context)
    const followed = await followEntry(connection.rpc, journal, reopened(entry), {
      ...options,
      ...tellStore(context, open),
    })
    const { receipt, entry: end, stopped } = followed
    if (stopped !== undefined) {
      if (isOwn) await failUnlessFinal(followed, journal)
      return undefined
    }
    if (receipt === undefined) {
      // Its redeemer may have replaced it meanwhile, and what was mined instead may be that.
      if (await hasNewAttempts(submission, end, context)) continue
      await store.closeSubmission(id, [], 0n)
      await journal.write({ ...end, reported: true })
      return undefined
    }
    const batch = await closeMined(context, open, receipt, true)
    await journal.write({ ...end, reported: true })
    return batch
  }
}

/** A transaction that waits is replaced where the run may do so; what it costs stays below what it pays. */
function ownOptions(
  { id, tickets }: OpenSubmission,
  entry: JournalEntry,
  context: RedeemContext,
): FollowOptions {
  const { store, payer, raiseFeeAfterMs, feeLimit } = context
  const faceValueWei = tickets.reduce((total, { ticket }) => total + ticket.faceValue, 0n)
  const worthWei = faceValueWei / lastAttempt(entry).gas
  return {
    ...waitOptions(context),
    ...(raiseFeeAfterMs !== undefined && {
      raiseFee: {
        afterMs: raiseFeeAfterMs,
        limitWei: feeLimit !== undefined && feeLimit < worthWei ? feeLimit : worthWei,
        signer: payer.signer,
        async onSigned({ nonce, hash, signed }) {
          if (!(await store.recordAttempt(id, nonce, { hash, signed }))) throw new ClaimLostError()
        },
      },
    }),
  }
}

function othersOptions(context: RedeemContext): FollowOptions {
  const options = waitOptions(context)
  return { ...options, timeoutMs: Math.min(options.timeoutMs, othersTimeoutMs) }
}

function waitOptions({ confirmations, timeoutMs, signal, onStep }: RedeemContext): FollowOptions {
  return {
    confirmations,
    timeoutMs,
    broadcastAgainAfterMs: 0,
    ...(signal && { signal }),
    ...(onStep && { onStep }),
  }
}

async function hasNewAttempts(
  { id }: Submission,
  { attempts }: JournalEntry,
  { store }: RedeemContext,
): Promise<boolean> {
  const now = (await store.submissions()).find((open) => open.id === id)
  const followed = new Set(attempts.map(({ hash }) => hash))
  return now?.attempts.some(({ hash }) => !followed.has(hash)) === true
}

function isSame(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
