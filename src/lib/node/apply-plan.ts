import { CheckFailedError, DeclinedError, LpPayError } from '../errors.ts'
import { compareRational } from '../pm/rational.ts'
import { formatAmount } from '../pricing/price.ts'
import { heldBy } from './compare-values.ts'
import type { ComparedValue } from './compare-values.ts'
import type { NodeClient } from './node-client.ts'
import type { NodeValue } from './node-values.ts'
import type { NodeComparison, NodePlan } from './plan-node.ts'
import { readNode } from './read-node.ts'

/** What became of a value. */
export type Outcome =
  /** Nothing was sent: the node holds it, or takes it only when it is started, or the file does not name it. */
  | 'untouched'
  /** It would be sent. */
  | 'planned'
  /** The node took it, and tells so. */
  | 'set'
  /** The node took it; what it holds was not, or cannot be, read back. */
  | 'sent'
  /** The node did not take it. */
  | 'failed'
  /** It was sent, and whether the node took it is not known. */
  | 'unknown'
  /** It was not sent, because another one failed before. */
  | 'notSent'

export interface AppliedValue extends ComparedValue {
  readonly outcome: Outcome
  /** Why it failed, or what the node said though it took it. */
  readonly reason: string | null
}

/** What became of an application of a price file to a node. */
export interface NodeApplication extends Omit<NodeComparison, 'values'> {
  readonly values: readonly AppliedValue[]
}

export interface AppliedPlan {
  readonly application: NodeApplication
  /** What ended it before its end. */
  readonly failure: LpPayError | undefined
}

/** Which values are sent: those that differ, and those that nobody can read back. */
export function isToSend({ state }: ComparedValue): boolean {
  return state === 'differs' || state === 'notReadable'
}

/** An application of which nothing was sent yet. */
export function plannedApplication({ comparison }: NodePlan): NodeApplication {
  const values = comparison.values.map((value) => ({
    ...value,
    outcome: isToSend(value) ? ('planned' as const) : ('untouched' as const),
    reason: null,
  }))
  return { ...comparison, values }
}

/**
 * Sends a plan's values one after the other, and stops at the first that fails. What can be read back is read back.
 *
 * @param signal ends it between two values
 */
export async function applyPlan(
  plan: NodePlan,
  client: NodeClient,
  signal: AbortSignal,
): Promise<AppliedPlan> {
  const outcomes = new Map<string, Pick<AppliedValue, 'outcome' | 'reason'>>()
  let failure: LpPayError | undefined
  const sending = plan.values.filter(({ path }) =>
    plan.comparison.values.some((value) => value.path === path && isToSend(value)),
  )
  for (const value of sending) {
    if (failure === undefined && signal.aborted) failure = interrupted()
    if (failure !== undefined) {
      outcomes.set(value.path, { outcome: 'notSent', reason: null })
      continue
    }
    try {
      await send(value, client)
      outcomes.set(value.path, { outcome: 'sent', reason: null })
    } catch (error) {
      if (!(error instanceof LpPayError)) throw error
      // An orchestrator sets its price, then asks the chain about itself, and says so when that fails.
      const wasTaken = await isHeld(value, client)
      if (!wasTaken) failure = error
      const outcome = wasTaken ? 'sent' : error.code === 'NODE_ANSWER_LOST' ? 'unknown' : 'failed'
      outcomes.set(value.path, { outcome, reason: error.message })
    }
  }
  const taken = sending.filter(
    ({ path, readAs }) => readAs !== undefined && outcomes.get(path)?.outcome === 'sent',
  )
  const doubt = await readBack(taken, client, (path, outcome, reason) =>
    outcomes.set(path, { outcome, reason: reason ?? outcomes.get(path)?.reason ?? null }),
  )
  failure ??= doubt
  const values = plan.comparison.values.map((value) => ({
    ...value,
    ...(outcomes.get(value.path) ?? { outcome: 'untouched' as const, reason: null }),
  }))
  return { application: { ...plan.comparison, values }, failure }
}

async function send({ request, path }: NodeValue, client: NodeClient): Promise<void> {
  if (request === undefined) throw new Error(`${path} cannot be sent`)
  await client.set(request.path, request.form)
}

/** @returns the error when the node took values and holds others, or does not tell */
async function readBack(
  taken: readonly NodeValue[],
  client: NodeClient,
  tell: (path: string, outcome: Outcome, reason?: string) => void,
): Promise<LpPayError | undefined> {
  if (taken.length === 0) return undefined
  let failure: LpPayError | undefined
  try {
    const { prices } = await readNode(client)
    for (const value of taken) {
      const held = heldBy(prices, value)
      if (isWanted(value, held)) {
        tell(value.path, 'set')
        continue
      }
      const text = held === undefined ? 'nothing' : `${formatAmount(held)} wei/${value.unit}`
      const reason = `the node took it, and holds ${text}`
      tell(value.path, 'failed', reason)
      failure ??= new CheckFailedError('NODE_HOLDS_OTHER', `${client.origin}: ${value.path}: ${reason}`, {
        details: { node: client.origin, path: value.path },
        nextSteps: ['does something else set the prices of this node too?'],
      })
    }
  } catch (error) {
    if (!(error instanceof LpPayError)) throw error
    failure = error
    for (const { path } of taken) tell(path, 'sent', `not read back: ${error.message}`)
  }
  return failure
}

/** Whether a node holds a value, although setting it has failed. */
async function isHeld(value: NodeValue, client: NodeClient): Promise<boolean> {
  if (value.readAs === undefined) return false
  try {
    return isWanted(value, heldBy((await readNode(client)).prices, value))
  } catch {
    return false
  }
}

function isWanted({ wei }: NodeValue, held: NodeValue['wei']): boolean {
  return wei !== undefined && held !== undefined && compareRational(wei, held) === 0
}

function interrupted(): DeclinedError {
  return new DeclinedError('INTERRUPTED', 'interrupted; the rest was not sent', {
    nextSteps: ['repeat the command: setting twice is setting once'],
  })
}
