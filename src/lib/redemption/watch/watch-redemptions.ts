import { setTimeout as sleep } from 'node:timers/promises'

import { ConfigurationError, DeclinedError, UsageError, findLpPayError } from '../../errors.ts'
import { readRound } from '../../rounds/read-round.ts'
import { sanitize } from '../../text/sanitize.ts'
import type { ImportResult } from '../../tickets/import-source.ts'
import { untilNextTry } from '../../units/backoff.ts'
import { redeem } from '../redeem.ts'
import type { RedeemRequest } from '../redeem.ts'
import type { RedeemContext } from '../redeem-context.ts'
import type { RedeemEvent } from '../redeem-events.ts'
import type { RedeemResult } from '../redeem-result.ts'
import { reportRun, startRun } from '../execute/redeem-run.ts'
import { addResults } from '../report-redemption.ts'
import { untilNextLook } from './watch-schedule.ts'

/** What the daemon tells of itself, besides what its runs tell. */
export type WatchEvent =
  | RedeemEvent
  | ({ readonly event: 'imported' } & ImportResult)
  | { readonly event: 'round'; readonly round: bigint }
  /** A look is over. */
  | { readonly event: 'looked'; readonly result: RedeemResult; readonly nextLookMs: number }
  /** A look has failed; the next one begins after a pause. */
  | {
      readonly event: 'failed'
      readonly code: string
      readonly message: string
      readonly inARow: number
      readonly nextLookMs: number
    }
  /** The signal has fired during a look, which ends after the transaction under way. */
  | { readonly event: 'stopping' }
  | { readonly event: 'stopped' }

export interface WatchRequest extends Omit<RedeemRequest, 'confirm' | 'holdToPreview'> {
  readonly everyMs: number
  /** Takes tickets in that have come since the last call; undefined when there was nothing to look at. */
  readonly takeIn?: () => Promise<ImportResult | undefined>
  readonly onEvent: (event: WatchEvent) => void
  /** Ends the watch after the step under way. */
  readonly signal: AbortSignal
}

/**
 * Redeems what pays, look after look, until the signal fires: at the given times, and before each round ends. What fails
 * is told and tried again later; only what is wrong from the start ends the watch.
 *
 * @returns what all looks have done
 * @throws {LpPayError} what keeps it from its first plan: usage, configuration, a store of another chain
 */
export async function watchRedemptions(
  context: Omit<RedeemContext, 'signal' | 'stopAfterBatch' | 'onEvent'>,
  request: WatchRequest,
): Promise<RedeemResult> {
  const { signal } = request
  let hasPlanned = false
  const onEvent = (event: WatchEvent) => {
    hasPlanned ||= event.event === 'planned'
    request.onEvent(event)
  }
  let total = await reportRun(context, startRun())
  let failuresInARow = 0
  const look = lookOnce(context, { ...request, onEvent }, (result) => (total = addResults(total, result)))
  const tellStopping = () => onEvent({ event: 'stopping' })
  while (!signal.aborted) {
    let nextLookMs: number
    signal.addEventListener('abort', tellStopping)
    try {
      nextLookMs = await look()
      failuresInARow = 0
    } catch (error) {
      if (signal.aborted && error instanceof DeclinedError) break
      if (!hasPlanned && isForGood(error)) throw error
      failuresInARow++
      nextLookMs = untilNextTry(failuresInARow)
      onEvent({ event: 'failed', ...describeTrouble(error), inARow: failuresInARow, nextLookMs })
    } finally {
      signal.removeEventListener('abort', tellStopping)
    }
    await sleep(nextLookMs, undefined, { signal }).catch(() => undefined)
  }
  onEvent({ event: 'stopped' })
  return total
}

/** One look, which says how long to wait for the next. */
function lookOnce(
  context: Omit<RedeemContext, 'signal' | 'stopAfterBatch' | 'onEvent'>,
  { everyMs, takeIn, onEvent, signal, ...request }: WatchRequest,
  onResult: (result: RedeemResult) => void,
): () => Promise<number> {
  let lastRound: bigint | undefined
  let isFirst = true
  return async () => {
    try {
      const imported = await takeIn?.()
      if (imported !== undefined) onEvent({ event: 'imported', ...imported })
    } catch (error) {
      // What was taken in before can be redeemed without the source.
      if (isFirst) throw error
      onEvent({ event: 'trouble', ...describeTrouble(error) })
    }
    isFirst = false
    const { current } = await readRound(context.connection)
    if (current !== lastRound) onEvent({ event: 'round', round: current })
    lastRound = current
    const { result, failure } = await redeem(
      { ...context, onEvent, stopAfterBatch: signal },
      { ...request, confirm: () => Promise.resolve(), holdToPreview: false },
    )
    onResult(result)
    if (failure !== undefined) throw failure
    const nextLookMs = untilNextLook(await readRound(context.connection), everyMs)
    onEvent({ event: 'looked', result, nextLookMs })
    return nextLookMs
  }
}

function isForGood(error: unknown): boolean {
  return error instanceof UsageError || error instanceof ConfigurationError || error instanceof DeclinedError
}

function describeTrouble(error: unknown): { code: string; message: string } {
  const { code, message } = findLpPayError(error) ?? { code: 'BUG', message: String(error) }
  return { code, message: sanitize(message) }
}
