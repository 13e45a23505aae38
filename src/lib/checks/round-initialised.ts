import { defineCheck } from './define-check.ts'
import { always } from './limits.ts'
import { theProtocol } from './scopes.ts'

export const roundInitialised = defineCheck({
  name: 'round-initialised',
  description: 'the current round is initialised',
  scope: theProtocol,
  limit: always,
  standing: () => null,
  run({ round: { current, initialized } }) {
    const value = { text: `round ${String(current)}` }
    return initialized
      ? { ok: true, value, explanation: '' }
      : { ok: false, value, explanation: 'not initialised: nothing can be funded or redeemed until it is' }
  },
})
