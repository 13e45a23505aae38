import type { SenderState } from '../sender/read-sender.ts'
import type { ChainFacts, CheckFacts, Head, RpcFacts, RpcState } from './facts.ts'

/** What a check looks at: one thing, or each of several. */
export interface Scope<Seen> {
  readonly needsAccount: boolean
  look(facts: CheckFacts): readonly View<Seen>[]
}

/** One thing to look at, or why it cannot be seen. */
export type View<Seen> = { readonly subject: string | null } & (
  { readonly seen: Seen } | { readonly hidden: string }
)

/** Every RPC. */
export const eachRpc: Scope<RpcFacts> = {
  needsAccount: false,
  look: ({ rpcs }) => rpcs.map((rpc) => ({ subject: rpc.label, seen: rpc })),
}

/** Every RPC that answers. */
export const eachReachableRpc: Scope<{
  readonly label: string
  readonly state: Exclude<RpcState, { kind: 'unreachable' }>
}> = {
  needsAccount: false,
  look: ({ rpcs }) =>
    rpcs.map(({ label, state }) =>
      state.kind === 'unreachable'
        ? { subject: label, hidden: `${label} is not reachable` }
        : { subject: label, seen: { label, state } },
    ),
}

/** Every RPC that answers as one of the network. */
export const eachFitRpc: Scope<{ readonly label: string; readonly head: Head }> = {
  needsAccount: false,
  look: ({ rpcs }) =>
    rpcs.map(({ label, state }) => {
      if (state.kind === 'fit') return { subject: label, seen: { label, head: state.head } }
      const why = state.kind === 'unreachable' ? 'is not reachable' : 'is not an RPC of this network'
      return { subject: label, hidden: `${label} ${why}` }
    }),
}

const noRpc = 'no RPC has told the state of the chain'

/** The protocol as a whole. */
export const theProtocol: Scope<ChainFacts> = {
  needsAccount: false,
  look: ({ chain }) => [
    chain === undefined ? { subject: null, hidden: noRpc } : { subject: null, seen: chain },
  ],
}

/** The sender's account. */
export const theSender: Scope<SenderState> = {
  needsAccount: true,
  look: ({ sender }) => [
    sender === undefined ? { subject: null, hidden: noRpc } : { subject: sender.address, seen: sender },
  ],
}
