import { setTimeout as sleep } from 'node:timers/promises'

import { CheckFailedError, ConfigurationError, DeclinedError, LpPayError, UsageError } from '../../errors.ts'
import type { Rational } from '../../pm/rational.ts'
import type { ReadPriceFile } from '../../pricefile/parse-price-file.ts'
import type { Rate } from '../../pricing/rate.ts'
import { untilNextTry } from '../../units/backoff.ts'
import { applyPlan, isToSend, plannedApplication } from '../apply-plan.ts'
import type { NodeApplication } from '../apply-plan.ts'
import { describeFailure } from '../apply-prices.ts'
import { isFarFrom } from '../compare-values.ts'
import type { NodeClient } from '../node-client.ts'
import { planNode, refuseErrors, requireHalf } from '../plan-node.ts'
import type { CurrentRate, NodePlan, PlanOptions } from '../plan-node.ts'
import { followPriceFile } from './follow-price-file.ts'

/** What the watch tells of itself. */
export type NodeWatchEvent =
  /** Values were sent. */
  | { readonly event: 'applied'; readonly application: NodeApplication }
  /** A look has found nothing to send. */
  | { readonly event: 'inLine'; readonly node: string }
  | { readonly event: 'fileChanged'; readonly file: string }
  /** Something is wrong, and what was known before is used. */
  | { readonly event: 'trouble'; readonly code: string; readonly message: string }
  /** A look has failed; the next one begins after a pause. */
  | {
      readonly event: 'failed'
      readonly code: string
      readonly message: string
      readonly inARow: number
      readonly nextLookMs: number
      /** What was sent before it failed. */
      readonly application: NodeApplication | null
    }
  | { readonly event: 'stopped' }

export interface WatchNodeRequest extends PlanOptions {
  readonly path: string
  /** Finds the node of the file as it is at the start. */
  readonly open: (read: ReadPriceFile) => NodeClient
  readonly everyMs: number
  /** Ends the watch after the value under way. */
  readonly signal: AbortSignal
  readonly onEvent: (event: NodeWatchEvent) => void
}

/** What was sent of that which cannot be read back. */
interface Unread {
  readonly read: ReadPriceFile
  readonly rate: Rate | null
  readonly connections: number
}

/**
 * Keeps a node in line with a price file until the signal fires. What can be read is sent when it differs; what cannot
 * be read back is sent when the node may have forgotten it, the file has changed or the rate has moved.
 *
 * @returns the last application
 * @throws {LpPayError} what is wrong from the start, or the last trouble when the node was never reached
 */
export async function watchNode(request: WatchNodeRequest): Promise<NodeApplication> {
  const { path, everyMs, signal, threshold, onEvent } = request
  let last: NodeApplication | undefined
  const trouble = ({ code, message }: LpPayError) => onEvent({ event: 'trouble', code, message })
  const rates = rememberRate(request.currentRate, trouble)
  const readFile = followPriceFile(
    path,
    (read) => {
      if (last !== undefined) requireHalf(read, last.side, client)
      refuseErrors(read, rates.last())
    },
    (news) => (news === 'changed' ? onEvent({ event: 'fileChanged', file: path }) : trouble(news)),
  )
  const client = request.open(await readFile())
  let unread: Unread | undefined
  let lastError: LpPayError | undefined
  let failuresInARow = 0

  const look = async (): Promise<void> => {
    const read = await readFile()
    const plan = await planNode(read, client, { currentRate: rates.current, threshold })
    const now = { read, rate: plan.comparison.rate, connections: client.connections }
    if (!mustSend(plan, unread, now, threshold)) {
      last = plannedAsHeld(plan)
      onEvent({ event: 'inLine', node: client.origin })
      return
    }
    unread = undefined
    const { application, failure } = await applyPlan(plan, client, signal)
    last = application
    if (failure !== undefined) throw new FailedLook(failure, application)
    unread = now
    onEvent({ event: 'applied', application })
  }

  try {
    while (!signal.aborted) {
      let nextLookMs = everyMs
      try {
        await look()
        failuresInARow = 0
      } catch (thrown) {
        if (signal.aborted) break
        const { error, application } =
          thrown instanceof FailedLook ? thrown : { error: thrown, application: null }
        if (!(error instanceof LpPayError) || (last === undefined && isForGood(error))) throw error
        lastError = error
        failuresInARow++
        nextLookMs = Math.min(everyMs, untilNextTry(failuresInARow))
        const message = application === null ? error.message : describeFailure(application, error)
        onEvent({
          event: 'failed',
          code: error.code,
          message,
          inARow: failuresInARow,
          nextLookMs,
          application,
        })
      }
      await sleep(nextLookMs, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    client.close()
  }
  onEvent({ event: 'stopped' })
  if (last === undefined) throw lastError ?? new DeclinedError('INTERRUPTED', 'interrupted; nothing was sent')
  return last
}

/** An application that has come to its end too early. */
class FailedLook extends Error {
  readonly error: LpPayError
  readonly application: NodeApplication

  constructor(error: LpPayError, application: NodeApplication) {
    super(error.message)
    this.error = error
    this.application = application
  }
}

function mustSend(
  { comparison: { values } }: NodePlan,
  before: Unread | undefined,
  now: Unread,
  threshold: Rational,
): boolean {
  if (values.some(({ state }) => state === 'differs')) return true
  if (!values.some(isToSend)) return false
  // A new connection may be one to a node that has been started again, and has forgotten what nobody can read.
  if (before?.read !== now.read || before.connections !== now.connections) return true
  return before.rate !== null && now.rate !== null
    ? isFarFrom(before.rate.perEth, now.rate.perEth, threshold)
    : before.rate !== now.rate
}

/** Nothing is sent of what was sent before. */
function plannedAsHeld(plan: NodePlan): NodeApplication {
  const planned = plannedApplication(plan)
  return { ...planned, values: planned.values.map((value) => ({ ...value, outcome: 'untouched' })) }
}

/** The current rate, or the last one when there is trouble with it. */
function rememberRate(
  currentRate: CurrentRate,
  trouble: (error: LpPayError) => void,
): { readonly current: CurrentRate; readonly last: () => Rate | undefined } {
  let last: Rate | undefined
  let told: string | undefined
  return {
    last: () => last,
    async current(currency) {
      try {
        last = await currentRate(currency)
        told = undefined
        return last
      } catch (error) {
        if (!(error instanceof LpPayError) || last?.currency !== currency) throw error
        if (error.message !== told) trouble(error)
        told = error.message
        return last
      }
    },
  }
}

/** What no waiting will mend. */
function isForGood(error: LpPayError): boolean {
  return (
    error instanceof UsageError ||
    error instanceof ConfigurationError ||
    error instanceof CheckFailedError ||
    error.code === 'NODE_OTHER_KIND'
  )
}
