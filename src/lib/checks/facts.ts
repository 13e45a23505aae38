import type { Network } from '../chain/network.ts'
import type { Round } from '../rounds/read-round.ts'
import type { SenderState } from '../sender/read-sender.ts'

/** Everything that checks look at, read once for all of them. */
export interface CheckFacts {
  readonly network: Network
  /** In the order in which they are configured. */
  readonly rpcs: readonly RpcFacts[]
  /** Undefined when no RPC gave it. */
  readonly chain: ChainFacts | undefined
  /** Undefined when no RPC gave it, or when no account was asked for. */
  readonly sender: SenderState | undefined
}

/** What one RPC says for itself. */
export interface RpcFacts {
  /** The RPC's origin; numbered where several share it. */
  readonly label: string
  readonly state: RpcState
}

export type RpcState =
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** It answers, but not as an RPC of this network would. */
  | { readonly kind: 'unfit'; readonly cause: string; readonly chainId: bigint | undefined }
  | { readonly kind: 'fit'; readonly head: Head }

/** The newest block that an RPC knows. */
export interface Head {
  readonly number: bigint
  /** Seconds since it was made, by this machine's clock; never negative. */
  readonly ageSeconds: number
}

export interface ChainFacts {
  readonly paused: boolean
  readonly round: Round
}
