import { atLeast } from './at-least.ts'
import { defineCheck } from './define-check.ts'
import { threshold } from './limits.ts'
import { theSender } from './scopes.ts'

export const walletAtLeast = defineCheck({
  name: 'wallet-at-least',
  description: 'the wallet, which pays for gas and top-ups, holds at least this',
  scope: theSender,
  limit: threshold,
  run: ({ walletWei }, limitWei) => atLeast(walletWei, limitWei),
})
