import { atLeast } from './at-least.ts'
import { defineCheck } from './define-check.ts'
import { threshold } from './limits.ts'
import { theSender } from './scopes.ts'

export const reserveAtLeast = defineCheck({
  name: 'reserve-at-least',
  description: 'the reserve is at least this',
  scope: theSender,
  limit: threshold,
  run: ({ reserveWei }, limitWei) => atLeast(reserveWei, limitWei),
})
