import { CheckFailedError } from '../errors.ts'
import type { LpPayError } from '../errors.ts'
import type { NodeComparison } from './plan-node.ts'

/** The error that a comparison amounts to when the node holds something else than the file says. */
export function failedComparison({ file, node, values }: NodeComparison): LpPayError | undefined {
  const differing = values.filter(({ state }) => state === 'differs').map(({ path }) => path)
  if (differing.length === 0) return undefined
  return new CheckFailedError('NODE_DIFFERS', `${node} does not hold what ${file} says`, {
    details: { file, node, differing },
    nextSteps: ['lp-pay price apply'],
  })
}
