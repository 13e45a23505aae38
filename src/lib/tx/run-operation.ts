import type { Address } from 'viem'

import type { Signer } from '../account/signer.ts'
import { quantity } from '../chain/quantity.ts'
import type { Connection } from '../contracts/connect.ts'
import { DeclinedError, PreconditionError } from '../errors.ts'
import { lockAccount } from './account-lock.ts'
import { readFeeMarket } from './fees.ts'
import { followEntry } from './follow-entry.ts'
import type { FollowOptions, RaiseFee } from './follow-entry.ts'
import { isSettled, reopened } from './journal-entry.ts'
import type { JournalEntry } from './journal-entry.ts'
import { openJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import type { Call, Operation } from './operation.ts'
import { previewCall } from './preview.ts'
import type { AccountState, Preview } from './preview.ts'
import type { Receipt } from './receipt.ts'
import { failUnlessFinal } from './verdict.ts'
import { signAndBroadcast } from './sign-and-broadcast.ts'
import type { OnSigned } from './sign-and-broadcast.ts'
import type { OnStep } from './steps.ts'

export interface RunOptions<Effect> {
  readonly connection: Connection
  readonly from: Address
  readonly dataFolder: string
  /** Called after the confirmation and before the lock: it may ask for a password. */
  readonly signer: () => Promise<Signer>
  /** Throws to decline. */
  readonly confirm: (preview: Preview<Effect>) => Promise<void>
  readonly confirmations: number
  readonly timeoutMs: number
  readonly feeLimit?: bigint
  readonly onSigned?: OnSigned
  /** Both of this run's own transaction only. */
  readonly onMined?: FollowOptions['onMined']
  readonly onTakenBack?: FollowOptions['onTakenBack']
  /** Replaces the transaction while it waits and the market has left its fee behind, up to a limit in wei a gas. */
  readonly raiseFee?: Pick<RaiseFee, 'afterMs' | 'limitWei'>
  readonly signal?: AbortSignal
  readonly onStep?: OnStep
}

/** How a request ended. An entry stays unreported, and is found by a repetition, until `reported` is called. */
export type RunResult<State> =
  | { readonly kind: 'nothingToDo'; readonly state: State }
  | {
      readonly kind: 'final'
      readonly entry: JournalEntry
      readonly receipt: Receipt
      /** An earlier run of the same request had sent it; this one sent nothing. */
      readonly byEarlierRun: boolean
      readonly reported: () => Promise<void>
    }

/**
 * The lifecycle of every transaction of lp-pay; docs/architecture.md follows one through it.
 *
 * @throws {LpPayError} of every kind; UnknownStateError when the fate of something sent is not known
 */
export async function runOperation<State, Effect>(
  operation: Operation<State, Effect>,
  options: RunOptions<Effect>,
): Promise<RunResult<State>> {
  const { connection, from, signal, onSigned, onMined, onTakenBack, onStep } = options
  const journal = openJournal(options.dataFolder)
  const reportedBy = (entry: JournalEntry) => () => journal.write({ ...entry, reported: true })

  const earlier = await settleEarlier(journal, operation.requestKey, options)
  if (earlier !== undefined && !operation.followsState) {
    return { kind: 'final', ...earlier, byEarlierRun: true, reported: reportedBy(earlier.entry) }
  }

  onStep?.({ name: 'read' })
  const [state, account] = await Promise.all([operation.read(), readAccount(connection, from)])
  const plan = operation.plan(state)
  if (plan === undefined) {
    await (earlier && reportedBy(earlier.entry)())
    return { kind: 'nothingToDo', state }
  }
  onStep?.({ name: 'simulate' })
  const preview = await previewCall(connection, operation.name, from, plan, account, options.feeLimit)
  onStep?.({ name: 'confirm' })
  await options.confirm(preview)
  const signer = await options.signer()

  onStep?.({ name: 'lock' })
  const lock = await lockAccount(options.dataFolder, connection.chainKey, from, operation.name)
  try {
    onStep?.({ name: 'readAgain' })
    const [again, accountNow, open] = await Promise.all([
      operation.read(),
      readAccount(connection, from),
      journal.open(connection.chainKey, from),
    ])
    const planNow = operation.plan(again)
    if (
      planNow === undefined ||
      !sameCall(planNow.call, plan.call) ||
      open.some((entry) => !isSettled(entry))
    ) {
      throw new PreconditionError(
        'PLAN_CHANGED',
        'the state changed between the plan and the sending; nothing was sent',
        {
          nextSteps: ['repeat the command'],
        },
      )
    }
    await (earlier && reportedBy(earlier.entry)())
    if (signal?.aborted) {
      throw new DeclinedError('INTERRUPTED', 'interrupted; nothing was sent', {
        nextSteps: ['repeat the command'],
      })
    }
    const { entry, accepted } = await signAndBroadcast({
      connection,
      journal,
      signer,
      operation,
      preview: { ...preview, nonce: accountNow.nonce },
      ...(onSigned && { onSigned }),
      ...(onStep && { onStep }),
    })
    onStep?.({ name: 'wait', hash: entry.attempts[0].hash })
    const followed = await followEntry(connection.rpc, journal, entry, {
      ...followOptions(options),
      broadcastAgainAfterMs: accepted ? 5000 : 500,
      ...(onMined && { onMined }),
      ...(onTakenBack && { onTakenBack }),
      ...(options.raiseFee && {
        raiseFee: {
          ...options.raiseFee,
          signer: () => Promise.resolve(signer),
          ...(onSigned && { onSigned }),
        },
      }),
    })
    const { receipt } = await failUnlessFinal(followed, journal)
    return {
      kind: 'final',
      entry: followed.entry,
      receipt,
      byEarlierRun: false,
      reported: reportedBy(followed.entry),
    }
  } finally {
    await lock.release()
  }
}

/**
 * Plans, simulates and prices a request without sending anything; what an earlier run left is only counted.
 */
export async function previewOperation<State, Effect>(
  operation: Operation<State, Effect>,
  options: Pick<RunOptions<Effect>, 'connection' | 'from' | 'dataFolder' | 'feeLimit'>,
): Promise<{ state: State; preview?: Preview<Effect>; unsettled: readonly JournalEntry[] }> {
  const { connection, from } = options
  const [state, account, unsettled] = await Promise.all([
    operation.read(),
    readAccount(connection, from),
    openJournal(options.dataFolder).open(connection.chainKey, from),
  ])
  const plan = operation.plan(state)
  if (plan === undefined) return { state, unsettled }
  return {
    state,
    unsettled,
    preview: await previewCall(connection, operation.name, from, plan, account, options.feeLimit),
  }
}

/**
 * Sees every entry that an earlier run left open through to its end.
 *
 * @returns the entry that did what is asked for now, when its end was never reported
 */
async function settleEarlier<Effect>(
  journal: Journal,
  requestKey: string,
  options: RunOptions<Effect>,
): Promise<{ entry: JournalEntry; receipt: Receipt } | undefined> {
  const { connection, from, onStep } = options
  if ((await journal.open(connection.chainKey, from)).length === 0) return undefined
  const lock = await lockAccount(
    options.dataFolder,
    connection.chainKey,
    from,
    'settling what an earlier run left',
  )
  try {
    let same: { entry: JournalEntry; receipt: Receipt } | undefined
    for (const open of await journal.open(connection.chainKey, from)) {
      onStep?.({ name: 'settle', operation: open.operation, hash: open.attempts[0].hash })
      const followed = await followEntry(connection.rpc, journal, reopened(open), {
        ...followOptions(options),
        broadcastAgainAfterMs: 0,
      })
      const ended = followed.stopped === undefined
      const another = open.requestKey !== requestKey
      if (ended && (another || followed.entry.state === 'superseded')) {
        await journal.write({ ...followed.entry, reported: true })
      } else {
        const { receipt } = await failUnlessFinal(followed, journal)
        same = { entry: followed.entry, receipt }
      }
    }
    return same
  } finally {
    await lock.release()
  }
}

function followOptions<Effect>(options: RunOptions<Effect>): Omit<FollowOptions, 'broadcastAgainAfterMs'> {
  const { confirmations, timeoutMs, signal, onStep } = options
  return { confirmations, timeoutMs, ...(signal && { signal }), ...(onStep && { onStep }) }
}

async function readAccount(connection: Connection, from: Address): Promise<AccountState> {
  const [balance, nonce, market] = await Promise.all([
    connection.rpc.request('eth_getBalance', [from, 'latest']),
    connection.rpc.request('eth_getTransactionCount', [from, 'pending']),
    readFeeMarket(connection.rpc),
  ])
  return { balanceWei: quantity(balance), nonce: Number(quantity(nonce)), market }
}

function sameCall(a: Call, b: Call): boolean {
  return a.to === b.to && a.data === b.data && a.value === b.value
}
