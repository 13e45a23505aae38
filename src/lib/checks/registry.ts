import { acceptedAtEv } from './accepted-at-ev.ts'
import type { Check } from './define-check.ts'
import { depositAtLeast } from './deposit-at-least.ts'
import { headMaxAge } from './head-max-age.ts'
import { notUnlocking } from './not-unlocking.ts'
import { protocolNotPaused } from './protocol-not-paused.ts'
import { reserveAtLeast } from './reserve-at-least.ts'
import { rightChain } from './right-chain.ts'
import { roundInitialised } from './round-initialised.ts'
import { rpcReachable } from './rpc-reachable.ts'
import { walletAtLeast } from './wallet-at-least.ts'

/**
 * Every check, in the order of the report. A new one is a file with `defineCheck` and a line here: its flag, its key
 * in a file, its help and its lines in every format follow.
 */
export const registry: readonly Check[] = [
  rpcReachable,
  rightChain,
  headMaxAge,
  protocolNotPaused,
  roundInitialised,
  depositAtLeast,
  reserveAtLeast,
  walletAtLeast,
  notUnlocking,
  acceptedAtEv,
]
