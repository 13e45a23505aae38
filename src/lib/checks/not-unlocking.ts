import { phaseOf } from '../sender/phase.ts'
import { defineCheck } from './define-check.ts'
import { onRequest } from './limits.ts'
import { theSender } from './scopes.ts'

export const notUnlocking = defineCheck({
  name: 'not-unlocking',
  description: 'the deposit and reserve are neither unlocking nor unlocked',
  scope: theSender,
  limit: onRequest,
  run(sender) {
    const phase = phaseOf(sender)
    const ok = phase === 'locked' || phase === 'empty'
    return {
      ok,
      value: { text: phase },
      explanation: ok ? '' : `everything can be withdrawn from round ${String(sender.withdrawRound)} on`,
    }
  },
})
