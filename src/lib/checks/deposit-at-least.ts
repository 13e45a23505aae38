import { atLeast } from './at-least.ts'
import { defineCheck } from './define-check.ts'
import { threshold } from './limits.ts'
import { theSender } from './scopes.ts'

export const depositAtLeast = defineCheck({
  name: 'deposit-at-least',
  description: 'the deposit is at least this',
  scope: theSender,
  limit: threshold,
  run: ({ depositWei }, limitWei) => atLeast(depositWei, limitWei),
})
