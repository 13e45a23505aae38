import assert from 'node:assert/strict'
import fc from 'fast-check'

import { judgeAcceptance } from '../../../src/lib/sender/acceptance.ts'
import type { AcceptanceReason } from '../../../src/lib/sender/acceptance.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { makeState } from './make-state.ts'

type Changes = Parameters<typeof makeState>[0]

const eth = (text: string) => parseWei(text)
const gwei = (text: string) => parseWei(text, { defaultUnit: 'gwei' })

function judge(changes: Changes, ticketEvWei?: bigint) {
  return judgeAcceptance(makeState(changes), ticketEvWei)
}

function reasons(changes: Changes, ticketEvWei?: bigint): readonly AcceptanceReason[] {
  return judge(changes, ticketEvWei).reasons.map(({ reason }) => reason)
}

describe('judgeAcceptance', () => {
  it('accepts a sender whose funds are enough, with the face value that the gas asks for', () => {
    assert.deepEqual(judge({}), {
      accepted: true,
      reasons: [],
      claimableWei: eth('0.0036'),
      faceValueWei: eth('0.0012'),
    })
  })

  it('gives the face value that the reserve leaves', () => {
    const { accepted, claimableWei, faceValueWei } = judge({ reserveWei: eth('0.03') })
    assert.deepEqual([accepted, claimableWei, faceValueWei], [true, eth('0.0003'), eth('0.0003')])
  })

  it('counts in what was claimed in this round, of which others leave as much', () => {
    const split = { reserveWei: eth('0.02'), reserveClaimedInCurrentRoundWei: eth('0.01') }
    assert.equal(judge(split).claimableWei, eth('0.0003'))
  })

  it('says what an empty sender lacks', () => {
    const { accepted, reasons: found, claimableWei, faceValueWei } = judge({ depositWei: 0n, reserveWei: 0n })
    assert.deepEqual(found, [
      { reason: 'noDeposit', explanation: 'there is no deposit' },
      { reason: 'noReserve', explanation: 'there is no reserve' },
    ])
    assert.deepEqual([accepted, claimableWei, faceValueWei], [false, 0n, 0n])
  })

  it('refuses without a deposit', () => {
    assert.deepEqual(judge({ depositWei: 0n }).reasons, [
      { reason: 'noDeposit', explanation: 'there is no deposit' },
    ])
    assert.deepEqual(reasons({ depositWei: 1n }), ['depositBelowFaceValue'])
  })

  it('refuses without a reserve', () => {
    assert.deepEqual(judge({ reserveWei: 0n }).reasons, [
      { reason: 'noReserve', explanation: 'there is no reserve' },
    ])
  })

  it('refuses where nobody could claim', () => {
    assert.deepEqual(judge({ poolSize: 0n }).reasons, [
      { reason: 'noActiveOrchestrators', explanation: 'no orchestrator is active' },
    ])
    assert.deepEqual(reasons({ poolSize: 1n }), [])
  })

  for (const [gas, least, share] of [
    ['0.01', '0.0012', '0.000012'],
    ['0.1', '0.012', '0.00012'],
    ['1', '0.12', '0.0012'],
    ['3', '0.36', '0.0036'],
    ['50', '0.36', '0.0036'],
  ] as const) {
    it(`names a reserve of ${least} ETH at ${gas} gwei, which is just enough`, () => {
      const funded = { depositWei: eth('1'), gasPriceWei: gwei(gas) }
      assert.deepEqual(judge({ ...funded, reserveWei: eth(least) - 100n }).reasons, [
        {
          reason: 'reserveTooLow',
          explanation: `the reserve gives one orchestrator ${less(share)} ETH, at this gas price it asks for ${share} ETH: a reserve of ${least} ETH`,
        },
      ])
      assert.deepEqual(reasons({ ...funded, reserveWei: eth(least) - 1n }), ['reserveTooLow'])
      assert.deepEqual(reasons({ ...funded, reserveWei: eth(least) }), [])
    })
  }

  it("refuses an EV that is the whole face value, as the gateway's own node does", () => {
    // "ticket faceValue too low": EV >= faceValue.
    const cheap = { gasPriceWei: 0n, poolSize: 1n }
    assert.deepEqual(judge({ ...cheap, reserveWei: 8_000_000_000n }).reasons, [
      {
        reason: 'reserveTooLow',
        explanation:
          'the reserve gives one orchestrator 0.000000008 ETH, at this gas price it asks for 0.000000008000000001 ETH: a reserve of 0.000000008000000001 ETH',
      },
    ])
    assert.deepEqual(reasons({ ...cheap, reserveWei: 8_000_000_001n }), [])
  })

  it('takes the EV that the orchestrator asks for', () => {
    const evWei = eth('0.000002')
    const poor = { poolSize: 1n, gasPriceWei: 1n }
    assert.deepEqual(reasons({ ...poor, reserveWei: evWei }, evWei), ['reserveTooLow'])
    assert.deepEqual(reasons({ ...poor, reserveWei: evWei + 1n }, evWei), [])
  })

  it('refuses a deposit below the face value, by one wei', () => {
    assert.deepEqual(judge({ depositWei: eth('0.0012') - 1n }).reasons, [
      {
        reason: 'depositBelowFaceValue',
        explanation:
          "the deposit of 0.001199999999999999 ETH is less than one ticket's face value of 0.0012 ETH",
      },
    ])
    assert.deepEqual(reasons({ depositWei: eth('0.0012') }), [])
  })

  describe('of one who unlocks', () => {
    it('refuses from one round before on', () => {
      const explanation = 'the deposit and reserve unlock in round 1002'
      assert.deepEqual(judge({ withdrawRound: 1002n }).reasons, [{ reason: 'unlockingSoon', explanation }])
      assert.deepEqual(reasons({ withdrawRound: 1003n }), [])
      assert.deepEqual(reasons({ withdrawRound: 1001n }), ['unlockingSoon'])
      assert.deepEqual(reasons({ withdrawRound: 1n }), ['unlockingSoon'])
    })

    it('counts from the last round that was initialised', () => {
      const late = { initialized: false, lastInitialized: 1000n }
      assert.deepEqual(reasons({ withdrawRound: 1002n, round: late }), [])
      assert.deepEqual(reasons({ withdrawRound: 1001n, round: late }), ['unlockingSoon'])
    })

    it('does not speak of the unlock of funds that are withdrawn', () => {
      assert.deepEqual(reasons({ withdrawRound: 1000n, depositWei: 0n, reserveWei: 0n }), [
        'noDeposit',
        'noReserve',
      ])
    })
  })

  it('gives every reason there is, most fundamental first', () => {
    assert.deepEqual(reasons({ withdrawRound: 1001n, depositWei: 0n, reserveWei: 1n }), [
      'unlockingSoon',
      'noDeposit',
      'reserveTooLow',
    ])
  })

  it('accepts exactly when there is no reason, and more funds never make it worse', () => {
    const wei = fc.bigInt({ min: 0n, max: 10n ** 18n })
    const states = fc.record({
      depositWei: wei,
      reserveWei: wei,
      poolSize: fc.bigInt({ min: 0n, max: 120n }),
      gasPriceWei: fc.bigInt({ min: 0n, max: gwei('10') }),
      withdrawRound: fc.constantFrom(0n, 1000n, 1001n, 1002n, 1003n),
    })
    fc.assert(
      fc.property(states, wei, wei, (state, deposit, reserve) => {
        const before = judge(state)
        assert.equal(before.accepted, before.reasons.length === 0)
        if (before.accepted) assert.ok(before.faceValueWei > 0n && before.faceValueWei <= state.depositWei)
        if (!before.accepted) return
        assert.equal(judge({ ...state, depositWei: state.depositWei + deposit }).accepted, true)
        // A larger reserve raises the face value, which the deposit must then cover.
        const richer = judge({ ...state, reserveWei: state.reserveWei + reserve })
        assert.deepEqual(
          richer.reasons.map(({ reason }) => reason).filter((reason) => reason !== 'depositBelowFaceValue'),
          [],
        )
      }),
    )
  })
})

/** One wei less, for the share of a reserve that is 100 wei short. */
function less(share: string): string {
  const digits = share.slice(2).padEnd(18, '0')
  return `0.${(BigInt(digits) - 1n).toString().padStart(18, '0')}`
}
