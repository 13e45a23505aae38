import type { LpPayError } from '../errors.ts'
import type { ReadPriceFile } from '../pricefile/parse-price-file.ts'
import { applyPlan, isToSend, plannedApplication } from './apply-plan.ts'
import type { AppliedPlan, NodeApplication } from './apply-plan.ts'
import type { NodeClient } from './node-client.ts'
import { planNode } from './plan-node.ts'
import type { PlanOptions } from './plan-node.ts'

export interface ApplyRequest extends PlanOptions {
  readonly read: ReadPriceFile
  readonly client: NodeClient
  /** Ends it between two values. */
  readonly signal: AbortSignal
  /** Sends nothing. */
  readonly isDryRun: boolean
  /** Agrees to what would be sent, or throws. */
  readonly confirm: (planned: NodeApplication) => Promise<void>
}

/**
 * Brings a running node in line with a price file: sends what differs and what cannot be read back, once that is agreed
 * to. Nothing that would send a transaction is ever sent.
 *
 * @throws {LpPayError} as `planNode` and `confirm`; then nothing was sent
 */
export async function applyPrices(request: ApplyRequest): Promise<AppliedPlan> {
  const { read, client, signal, isDryRun, confirm } = request
  const plan = await planNode(read, client, request)
  const planned = plannedApplication(plan)
  if (isDryRun || !planned.values.some(isToSend)) return { application: planned, failure: undefined }
  await confirm(planned)
  return applyPlan(plan, client, signal)
}

/** What a failed application says of itself in one line. */
export function describeFailure({ values }: NodeApplication, { message }: LpPayError): string {
  const sent = values.filter(isToSend)
  const taken = sent.filter(({ outcome }) => outcome === 'set' || outcome === 'sent')
  return `${message}; ${String(taken.length)} of ${String(sent.length)} values were applied`
}
