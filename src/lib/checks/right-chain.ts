import { defineCheck } from './define-check.ts'
import { always } from './limits.ts'
import { eachReachableRpc } from './scopes.ts'

export const rightChain = defineCheck({
  name: 'right-chain',
  description: "every RPC is on the network's chain and knows its contracts",
  scope: eachReachableRpc,
  limit: always,
  standing: () => null,
  run({ label, state }, _, network) {
    const expected = BigInt(network.chainId)
    const limit = { chainId: expected }
    if (state.kind === 'fit') return { ok: true, value: limit, limit, explanation: label }
    const value = state.chainId === undefined ? null : { chainId: state.chainId }
    return { ok: false, value, limit, explanation: state.cause }
  },
})
