import { defineCheck } from './define-check.ts'
import { always } from './limits.ts'
import { eachRpc } from './scopes.ts'

export const rpcReachable = defineCheck({
  name: 'rpc-reachable',
  description: 'every RPC answers',
  scope: eachRpc,
  limit: always,
  standing: () => null,
  run: ({ label, state }) =>
    state.kind === 'unreachable'
      ? { ok: false, value: { text: 'unreachable' }, explanation: `${label} (${state.cause})` }
      : { ok: true, value: { text: 'reachable' }, explanation: label },
})
