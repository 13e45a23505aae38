import { UsageError } from '../lib/errors.ts'
import type { Funding } from '../lib/sender/operations/fund.ts'

/** Either an amount to add or a level to fill up to, for the part that the command is named after. */
export function chooseFunding(part: 'deposit' | 'reserve', amountWei?: bigint, topUpToWei?: bigint): Funding {
  if (amountWei !== undefined && topUpToWei === undefined) {
    return part === 'deposit'
      ? { kind: 'add', depositWei: amountWei, reserveWei: 0n }
      : { kind: 'add', depositWei: 0n, reserveWei: amountWei }
  }
  if (amountWei === undefined && topUpToWei !== undefined) return { kind: 'topUp', part, toWei: topUpToWei }
  throw new UsageError('AMOUNT_MISSING', 'give either an amount to add or --top-up-to', {
    nextSteps: [`lp-pay ${part} 0.1, or lp-pay ${part} --top-up-to 0.1`],
  })
}
