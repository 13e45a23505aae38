import { defineCheck } from './define-check.ts'
import { always } from './limits.ts'
import { theProtocol } from './scopes.ts'

export const protocolNotPaused = defineCheck({
  name: 'protocol-not-paused',
  description: 'the protocol is not paused',
  scope: theProtocol,
  limit: always,
  standing: () => null,
  run: ({ paused }) =>
    paused
      ? {
          ok: false,
          value: { text: 'paused' },
          explanation: 'nothing can be funded or redeemed until it is unpaused',
        }
      : { ok: true, value: { text: 'running' }, explanation: '' },
})
