import assert from 'node:assert/strict'

import { phaseOf, secondsUntilWithdrawal } from '../../../src/lib/sender/phase.ts'
import { vectors } from '../../helpers/vectors.ts'
import { makeState } from './make-state.ts'

describe('phaseOf', () => {
  const empty = { depositWei: 0n, reserveWei: 0n }
  const cases: readonly (readonly [what: string, state: Parameters<typeof makeState>[0], phase: string])[] = [
    ['nothing was ever funded', empty, 'empty'],
    ['all was withdrawn, and the contract keeps the round', { ...empty, withdrawRound: 1000n }, 'empty'],
    ['all was redeemed while it unlocks', { ...empty, withdrawRound: 1003n }, 'empty'],
    ['no unlock was begun', {}, 'locked'],
    ['there is a deposit only', { reserveWei: 0n }, 'locked'],
    ['there is a reserve only', { depositWei: 0n }, 'locked'],
    ['there is one wei', { depositWei: 1n, reserveWei: 0n }, 'locked'],
    ['the round is two away', { withdrawRound: 1003n }, 'unlocking'],
    ['the round is the next', { withdrawRound: 1002n }, 'unlocking'],
    ['the round is this one', { withdrawRound: 1001n }, 'unlocked'],
    ['the round is past', { withdrawRound: 1n }, 'unlocked'],
    [
      'the round has begun, though nobody has initialised it',
      { withdrawRound: 1001n, round: { initialized: false, lastInitialized: 1000n } },
      'unlocked',
    ],
  ]
  for (const [what, state, phase] of cases) {
    it(`is ${phase} when ${what}`, () => assert.equal(phaseOf(makeState(state)), phase))
  }

  for (const { deposit, reserve, withdrawRound, round, status } of vectors.senderStatus) {
    it(`is ${status} with ${deposit} wei, withdraw round ${withdrawRound} and round ${round}, as in the shared vectors`, () => {
      const state = makeState({
        depositWei: BigInt(deposit),
        reserveWei: BigInt(reserve),
        withdrawRound: BigInt(withdrawRound),
        round: { current: BigInt(round), lastInitialized: BigInt(round) },
      })
      assert.equal(phaseOf(state), status)
    })
  }
})

describe('secondsUntilWithdrawal', () => {
  it('is the time until the round of the withdrawal', () => {
    assert.equal(secondsUntilWithdrawal(makeState({ withdrawRound: 1003n })), (2 * 5760 - 1440) * 12)
  })

  it('is 0 once it has begun', () => {
    assert.equal(secondsUntilWithdrawal(makeState({ withdrawRound: 1001n })), 0)
  })
})
