import assert from 'node:assert/strict'

import {
  defaultMaxTicketEvWei,
  defaultMaxTotalEvWei,
  sendChecks,
  sendRefusal,
} from '../../../src/lib/pm/send-checks.ts'
import type { SendInputs } from '../../../src/lib/pm/send-checks.ts'
import { maxWinProb, winProb } from '../../../src/lib/pm/win-prob.ts'

const faceValue = 12n * 10n ** 14n
/** A divisor of 2^256 - 1: with it, an EV is exact. */
const three = maxWinProb / 3n

const inputs: SendInputs = {
  faceValue,
  winProb: winProb(faceValue, 8_000_000_000n),
  expirationBlock: 42n,
  lastL1Block: 40n,
  lastInitializedRound: 1001n,
  depositWei: faceValue,
  reserveWei: 1n,
  withdrawRound: 0n,
}

function refusal(changes: Partial<SendInputs>): string | undefined {
  return sendRefusal(sendChecks({ ...inputs, ...changes }))?.reason
}

describe('sendChecks', () => {
  it("are made in the gateway's order, and pass", () => {
    assert.deepEqual(sendChecks(inputs), [
      { name: 'expirationBlock', outcome: 'passed', reason: 'the parameters expire at L1 block 42' },
      { name: 'paramsExpiry', outcome: 'passed', reason: 'the parameters hold for 2 L1 blocks' },
      { name: 'ev', outcome: 'passed', reason: 'a ticket is worth 8000000000.00000 wei' },
      { name: 'faceValueAboveEv', outcome: 'passed', reason: 'the face value is above the EV' },
      { name: 'maxTicketEv', outcome: 'passed', reason: 'the EV is at most 3000000000000 wei' },
      { name: 'unlock', outcome: 'passed', reason: 'deposit and reserve do not unlock soon' },
      { name: 'reserve', outcome: 'passed', reason: 'there is a reserve' },
      { name: 'deposit', outcome: 'passed', reason: 'there is a deposit' },
      { name: 'maxTotalEv', outcome: 'passed', reason: 'all tickets are worth at most 20000000000000 wei' },
      { name: 'depositMultiplier', outcome: 'passed', reason: 'the deposit covers the face value' },
    ])
    assert.equal(refusal({}), undefined)
  })

  it('refuse parameters without an expiration block, and those near it', () => {
    assert.equal(refusal({ expirationBlock: 0n }), 'ticketParams expiration block is 0')
    assert.equal(refusal({ expirationBlock: 41n }), 'TicketParams expired')
    assert.equal(refusal({ expirationBlock: 39n }), 'TicketParams expired')
  })

  it('send free tickets without a look at the funds, but not by expired parameters', () => {
    const free = { faceValue: 0n, winProb: 0n, depositWei: 0n, reserveWei: 0n, withdrawRound: 1n }
    assert.equal(refusal(free), undefined)
    assert.deepEqual(
      sendChecks({ ...inputs, ...free }).map(({ outcome }) => outcome),
      [...Array<string>(3).fill('passed'), ...Array<string>(7).fill('notChecked')],
    )
    assert.equal(refusal({ ...free, expirationBlock: 41n }), 'TicketParams expired')
  })

  it('refuse a face value that is no more than the EV', () => {
    assert.equal(refusal({ winProb: maxWinProb }), `ticket faceValue too low faceValue=${faceValue}`)
    assert.equal(refusal({ faceValue: 2n, winProb: maxWinProb - 1n }), undefined)
  })

  it('refuse an EV above the maximum, by a third of a wei', () => {
    const limit = defaultMaxTicketEvWei
    assert.equal(refusal({ faceValue: 3n * limit, winProb: three }), undefined)
    assert.equal(
      refusal({ faceValue: 3n * limit + 1n, winProb: three }),
      'ticket EV 3000000000000.33333 > max ticket EV 3000000000000.00000',
    )
    assert.equal(
      refusal({ faceValue: 3n, winProb: three, maxTicketEvWei: 0n }),
      'ticket EV 1.00000 > max ticket EV 0.00000',
    )
  })

  it('refuse to send from what unlocks soon or is not there', () => {
    const reason = 'deposit and reserve is set to unlock soon'
    assert.equal(refusal({ withdrawRound: 1002n, reserveWei: 0n, depositWei: 0n }), reason)
    assert.equal(refusal({ withdrawRound: 1003n }), undefined)
    assert.equal(refusal({ reserveWei: 0n, depositWei: 0n }), 'no sender reserve')
    assert.equal(refusal({ depositWei: 0n }), 'no sender deposit')
  })

  it('refuse more tickets than the total EV allows', () => {
    const ticket = { faceValue: 3n * 10n ** 12n, winProb: three, depositWei: 10n ** 18n }
    assert.equal(refusal({ ...ticket, numTickets: 20n }), undefined)
    assert.equal(defaultMaxTotalEvWei, 20n * 10n ** 12n)
    assert.equal(
      refusal({ ...ticket, numTickets: 21n }),
      'total ticket EV 21000000000000.00000 for 21 tickets > max total ticket EV 20000000000000.00000',
    )
  })

  it('refuse a face value above the part of the deposit', () => {
    assert.equal(
      refusal({ depositWei: faceValue - 1n }),
      `ticket faceValue ${faceValue} > max faceValue ${faceValue - 1n}`,
    )
    assert.equal(refusal({ depositWei: 3n * faceValue, depositMultiplier: 3n }), undefined)
    assert.equal(
      refusal({ depositWei: 3n * faceValue - 1n, depositMultiplier: 3n }),
      `ticket faceValue ${faceValue} > max faceValue ${faceValue - 1n}`,
    )
  })

  it('give the first reason of many', () => {
    const checks = sendChecks({
      ...inputs,
      reserveWei: 0n,
      depositWei: 0n,
      maxTotalEvWei: 0n,
      lastL1Block: 42n,
    })
    assert.equal(sendRefusal(checks)?.name, 'paramsExpiry')
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
      ['paramsExpiry', 'reserve', 'deposit', 'maxTotalEv', 'depositMultiplier'],
    )
  })
})
