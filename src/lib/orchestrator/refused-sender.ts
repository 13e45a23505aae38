import { CheckFailedError } from '../errors.ts'
import type { SenderParams } from './sender-params.ts'

/** The error that a refusal amounts to; undefined when the sender is accepted. */
export function refusedSender({ sender, checks }: SenderParams): CheckFailedError | undefined {
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  const [first] = failed
  if (first === undefined) return undefined
  return new CheckFailedError('SENDER_REFUSED', `orchestrators refuse ${sender.address}: ${first.reason}`, {
    details: { failed: failed.map(({ name }) => name) },
    nextSteps: [...new Set(failed.flatMap(({ nextStep }) => nextStep ?? []))],
  })
}
