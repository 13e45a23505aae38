import { formatWei } from '../units/wei.ts'
import type { Finding } from './define-check.ts'

/** Whether an amount reaches a limit, both in wei. */
export function atLeast(foundWei: bigint, limitWei: bigint): Finding {
  const ok = foundWei >= limitWei
  return {
    ok,
    value: { wei: foundWei },
    explanation: ok ? '' : `${formatWei(limitWei - foundWei)} ETH short`,
  }
}
