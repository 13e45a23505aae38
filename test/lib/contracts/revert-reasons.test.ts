import assert from 'node:assert/strict'
import { encodeAbiParameters, encodeErrorResult, parseAbi } from 'viem'
import type { Hex } from 'viem'

import { RpcResponseError } from '../../../src/lib/chain/rpc.ts'
import {
  adviceFor,
  isRevert,
  reasonInData,
  revertReason,
  ticketEnd,
} from '../../../src/lib/contracts/revert-reasons.ts'

/** The data of `revert("...")`. */
function withReason(text: string): Hex {
  return encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: [text] })
}

function panic(code: bigint): Hex {
  return `0x4e487b71${encodeAbiParameters([{ type: 'uint256' }], [code]).slice(2)}`
}

function refusal(message: string, data?: unknown, code = 3): RpcResponseError {
  return new RpcResponseError('eth_estimateGas', code, message, data)
}

describe('revertReason', () => {
  const reasons: readonly (readonly [what: string, error: RpcResponseError, reason: string])[] = [
    ['the data', refusal('execution reverted', withReason('account is locked')), 'account is locked'],
    ['the data rather than the message', refusal('execution reverted: other', withReason('is')), 'is'],
    [
      'data inside an object',
      refusal('reverted', { data: withReason('account is locked') }),
      'account is locked',
    ],
    ['a panic', refusal('execution reverted', panic(18n)), 'Panic(18)'],
    ['the message', refusal('execution reverted: account is locked'), 'account is locked'],
    ['an older message', refusal('VM Exception: execution reverted revert: is locked'), 'is locked'],
    ['a message beside empty data', refusal('execution reverted: is locked', '0x'), 'is locked'],
    [
      'the message beside an error of another contract',
      refusal('execution reverted: custom error 0x12345678', '0x12345678'),
      'custom error 0x12345678',
    ],
    [
      'a message that names no revert',
      refusal('gas required exceeds allowance (0)'),
      'gas required exceeds allowance (0)',
    ],
    ['nothing, where there is nothing', refusal('execution reverted'), 'no reason given'],
    ['nothing, where the reason is empty', refusal('execution reverted', withReason('')), 'no reason given'],
    [
      'nothing, where the reason cannot be seen',
      refusal('execution reverted', withReason('\u200b \n')),
      'no reason given',
    ],
    [
      'data that is cut off',
      refusal('execution reverted: is locked', withReason('is locked').slice(0, 50)),
      'is locked',
    ],
    ['data that is no data', refusal('execution reverted: is locked', 7), 'is locked'],
    [
      'a text that would steer the terminal',
      refusal('execution reverted', withReason('\u001b[2Kpaid\nin full\u202e')),
      'paid in full',
    ],
  ]
  for (const [what, error, reason] of reasons) {
    it(`reads ${what}`, () => assert.equal(revertReason(error), reason))
  }

  it('does not repeat a text without end', () => {
    const reason = revertReason(refusal('execution reverted', withReason('x'.repeat(100_000))))
    assert.equal(reason, `${'x'.repeat(299)}…`)
  })
})

describe('isRevert', () => {
  it('tells a call that ran from one that did not', () => {
    assert.equal(isRevert(refusal('anything', undefined, 3)), true)
    assert.equal(isRevert(refusal('execution reverted', undefined, -32_000)), true)
    assert.equal(isRevert(refusal('VM Exception: revert', undefined, -32_015)), true)
    assert.equal(isRevert(refusal('the method does not exist', undefined, -32_601)), false)
    assert.equal(isRevert(refusal('out of gas', undefined, -32_000)), false)
  })
})

describe('adviceFor', () => {
  const advice: readonly (readonly [reason: string, step: string | undefined])[] = [
    ['system is paused', 'wait until the protocol is unpaused'],
    ['current round is not initialized', 'wait until somebody initialises the round, usually within minutes'],
    ['sender deposit and reserve are zero', 'fund it first: lp-pay deposit 0.1 --reserve 0.36'],
    ['unlock already initiated', 'see when it ends: lp-pay status'],
    ['no unlock request in progress', 'begin one: lp-pay unlock'],
    ['account is locked', 'begin to unlock: lp-pay unlock'],
    ['sender is unlocked', 'see the state: lp-pay status'],
    ['TicketBroker: account is locked', 'begin to unlock: lp-pay unlock'],
    ['no reason given', undefined],
    ['Panic(18)', undefined],
  ]
  for (const [reason, step] of advice) {
    it(`leads on from "${reason}" ${step === undefined ? 'nowhere' : `to "${step}"`}`, () => {
      assert.equal(adviceFor(reason), step)
    })
  }
})

describe('reasonInData', () => {
  it('reads the data of a revert', () => {
    assert.equal(reasonInData(withReason('ticket is used')), 'ticket is used')
    assert.equal(reasonInData(panic(18n)), 'Panic(18)')
    assert.equal(reasonInData(withReason('\u001b[2Kpaid\nin full\u202e')), 'paid in full')
    for (const data of ['0x', '0x12345678'] as const) assert.equal(reasonInData(data), 'no reason given')
  })
})

describe('ticketEnd', () => {
  const ends: readonly (readonly [reason: string, end: string | undefined])[] = [
    ['ticket is used', 'usedElsewhere'],
    ['ticket is expired', 'expired'],
    ['ticket did not win', 'invalid'],
    ['recipientRand does not match recipientRandHash', 'invalid'],
    ['invalid signature over ticket hash', 'invalid'],
    ['INVALID_SIGNATURE_LENGTH', 'invalid'],
    ["ECDSA: invalid signature 's' value", 'invalid'],
    ['ticket creationRound does not have a block hash', 'invalid'],
    ['ticket creationRoundBlockHash invalid for creationRound', 'invalid'],
    ['invalid length for ticket auxData: must be 64 bytes', 'invalid'],
    ['ticket recipient is null address', 'invalid'],
    ['ticket sender is null address', 'invalid'],
    ['sender is unlocked', undefined],
    ['sender deposit and reserve are zero', undefined],
    ['sender deposit and reserve insufficient to cover ticket face value', undefined],
    ['transcoder must be registered', undefined],
    ['transcoder must be active', undefined],
    ['system is paused', undefined],
    ['current round is not initialized', undefined],
    ['Panic(18)', undefined],
    ['no reason given', undefined],
  ]
  for (const [reason, end] of ends) {
    it(`takes "${reason}" for ${end ?? 'something that may pass'}`, () =>
      assert.equal(ticketEnd(reason), end))
  }
})
