import assert from 'node:assert/strict'

import { payout } from '../../src/lib/pm/payout.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import type { SenderState, State } from './observe.ts'

/** In what the rules of 2022 and of 2026 may differ; contracts/README.md explains them. */
export const listedDifferences = [
  'sender short of face value',
  'worthless ticket of an empty sender',
  'recipient not active',
  'signature length',
  'v of the signature',
  'funding by somebody else during an unlock',
] as const

export type ListedDifference = (typeof listedDifferences)[number]

/** What the contract would say now; undefined when it would redeem. */
export interface Verdicts {
  readonly was: string | undefined
  readonly is: string | undefined
}

/** What a redemption of a valid ticket would pay now, in wei; the contract's reason where it cannot say. */
export function expectedPayout({ faceValue, recipient }: SignedTicket, sender: SenderState): bigint | string {
  const claimable = sender.claimable[recipient] ?? 0n
  if (typeof claimable === 'bigint') {
    return payout(faceValue, { depositWei: sender.deposit, claimableReserveWei: claimable }).payoutWei
  }
  return faceValue > sender.deposit ? claimable : faceValue
}

/** Which of the listed differences lets a redemption be judged differently; fails when none does. */
export function explain(ticket: SignedTicket, state: State, { was, is }: Verdicts): ListedDifference {
  const context = `2022: ${was ?? 'redeemed'}; 2026: ${is ?? 'redeemed'}`
  switch (is) {
    case 'INVALID_SIGNATURE_LENGTH':
      assert.notEqual(ticket.sig.length, 2 + 2 * 65)
      if (ticket.sig.length !== 2 + 2 * 64) assert.equal(was, 'ECDSA: invalid signature length')
      return 'signature length'
    case 'ECDSA: invalid signature':
      assert.equal(was, "ECDSA: invalid signature 'v' value")
      assert.match(ticket.sig, /0[01]$/)
      return 'v of the signature'
    default:
  }
  const sender = state.senders[ticket.sender]
  assert.ok(sender !== undefined, context)
  const funds = sender.deposit + sender.reserve
  switch (is) {
    case 'sender deposit and reserve insufficient to cover ticket face value':
      assert.ok(funds < ticket.faceValue, context)
      assert.equal(
        was,
        funds === 0n ? 'sender deposit and reserve are zero' : verdictOf2022(ticket, state, sender),
      )
      return 'sender short of face value'
    case 'transcoder must be active':
      assert.equal(state.active[ticket.recipient], false, context)
      assert.ok(funds >= ticket.faceValue && sender.deposit > 0n && ticket.faceValue > 0n, context)
      assert.equal(was, verdictOf2022(ticket, state, sender))
      return 'recipient not active'
    case undefined:
      assert.deepEqual([was, funds, ticket.faceValue], ['sender deposit and reserve are zero', 0n, 0n])
      return 'worthless ticket of an empty sender'
    default:
      return assert.fail(`a difference that is not listed: ${context}`)
  }
}

/** What the older BondingManager says to a payment, when there is one. */
function verdictOf2022(ticket: SignedTicket, state: State, sender: SenderState): string | undefined {
  const paid = expectedPayout(ticket, sender)
  if (typeof paid === 'string') return paid
  if (paid === 0n) return undefined
  if (state.registered[ticket.recipient] !== true) return 'transcoder must be registered'
  return state.active[ticket.recipient] === true ? undefined : 'Panic(18)'
}
