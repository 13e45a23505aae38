import { formatDuration } from '../units/duration.ts'
import { defineCheck } from './define-check.ts'
import { duration } from './limits.ts'
import { eachFitRpc } from './scopes.ts'

const standingSeconds = 600

export const headMaxAge = defineCheck({
  name: 'head-max-age',
  description: "every RPC's newest block is at most this old; 10m when absent, nothing on a devnet",
  scope: eachFitRpc,
  limit: duration,
  // A chain on this machine makes blocks only for transactions, so an old one is no fault.
  standing: ({ local }) => (local ? undefined : standingSeconds),
  run({ label, head }, limitSeconds) {
    const ok = head.ageSeconds <= limitSeconds
    const behind = ok ? '' : ': it does not follow the chain, or the chain stands still'
    return {
      ok,
      value: { seconds: head.ageSeconds },
      explanation: `block ${String(head.number)} of ${label} is ${formatDuration(head.ageSeconds)} old${behind}`,
    }
  },
})
