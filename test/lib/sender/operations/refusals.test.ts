import { cancelUnlockOperation } from '../../../../src/lib/sender/operations/cancel-unlock.ts'
import { fundOperation } from '../../../../src/lib/sender/operations/fund.ts'
import { unlockOperation } from '../../../../src/lib/sender/operations/unlock.ts'
import { withdrawOperation } from '../../../../src/lib/sender/operations/withdraw.ts'
import { gateway } from '../../../helpers/sender-fixture.ts'
import { makeConnection, makeState } from '../make-state.ts'
import { refuses } from './refuses.ts'

type State = Parameters<typeof makeState>[0]
type Surroundings = Parameters<typeof makeConnection>[0]

const funding = { kind: 'add', depositWei: 1n, reserveWei: 0n } as const
const operations = {
  deposit: (surroundings?: Surroundings) =>
    fundOperation(makeConnection(surroundings), { name: 'deposit', funding, from: gateway.address }),
  unlock: (surroundings?: Surroundings) => unlockOperation(makeConnection(surroundings), gateway.address),
  'unlock cancel': (surroundings?: Surroundings) =>
    cancelUnlockOperation(makeConnection(surroundings), gateway.address),
  withdraw: (surroundings?: Surroundings) => withdrawOperation(makeConnection(surroundings), gateway.address),
}
type Name = keyof typeof operations
const names = Object.keys(operations) as Name[]

function plan(name: Name, state?: State, surroundings?: Surroundings) {
  return () => operations[name](surroundings).plan(makeState(state))
}

const empty = { depositWei: 0n, reserveWei: 0n }
const unlocking = { withdrawRound: 1003n }
const unlocked = { withdrawRound: 1000n }
const mainnet = { network: { name: 'arbitrum-one-mainnet', local: false } }

describe('what refuses an operation', () => {
  for (const name of names) {
    it(`${name}: the protocol is paused, whatever else is wrong`, () => {
      refuses(plan(name, { ...empty, round: { initialized: false } }, { paused: true }), {
        code: 'PROTOCOL_PAUSED',
        message: 'the Livepeer contracts on devnet are paused',
        next: 'wait until they are unpaused, then repeat the command',
      })
    })

    it(`${name}: the round is not initialised`, () => {
      const late = { ...unlocking, round: { initialized: false, lastInitialized: 1000n } }
      const refusal = {
        code: 'ROUND_NOT_INITIALIZED',
        details: { round: 1001n, lastInitializedRound: 1000n },
      }
      refuses(plan(name, late), {
        ...refusal,
        message: 'round 1001 on devnet is not initialised yet',
        next: 'initialise it: lp-pay devnet advance',
      })
      refuses(plan(name, late, mainnet), {
        ...refusal,
        message: 'round 1001 on arbitrum-one-mainnet is not initialised yet',
        next: 'somebody initialises it, usually within minutes: repeat the command then',
      })
    })
  }

  for (const name of ['unlock', 'unlock cancel', 'withdraw'] as const) {
    for (const [what, state] of [
      ['was never funded', empty],
      ['was withdrawn', { ...empty, ...unlocked }],
    ] as const) {
      it(`${name}: the sender ${what}`, () => {
        refuses(plan(name, state), {
          code: 'NOTHING_DEPOSITED',
          message: `${gateway.address} has neither deposit nor reserve`,
          next: 'lp-pay deposit 0.1 --reserve 0.36',
        })
      })
    }
  }

  for (const name of ['unlock cancel', 'withdraw'] as const) {
    it(`${name}: no unlock was begun`, () => {
      refuses(plan(name), {
        code: 'NOT_UNLOCKING',
        message: 'the deposit and the reserve are locked, and no unlock was begun',
        details: { currentRound: 1001n, unlockPeriod: 2n },
        next: 'lp-pay unlock (then wait 2 rounds)',
      })
    })
  }

  it('unlock: the unlock was begun', () => {
    refuses(plan('unlock', unlocking), {
      code: 'ALREADY_UNLOCKING',
      message: 'already unlocking: withdrawal opens in round 1003, now is round 1001 (about 33 h 36 min)',
      details: { withdrawRound: 1003n, currentRound: 1001n },
      next: 'to keep the funds in use: lp-pay unlock cancel',
    })
  })

  it('unlock: the unlock has ended', () => {
    refuses(plan('unlock', unlocked), {
      code: 'ALREADY_UNLOCKED',
      message: 'already unlocked since round 1000',
      details: { withdrawRound: 1000n, currentRound: 1001n },
      next: 'lp-pay withdraw',
    })
  })

  it('withdraw: the unlock has not ended, and when it will', () => {
    const refusal = {
      code: 'STILL_UNLOCKING',
      message: 'still unlocking: withdrawal opens in round 1003, now is round 1001 (about 33 h 36 min)',
      details: { withdrawRound: 1003n, currentRound: 1001n },
    }
    refuses(plan('withdraw', unlocking), { ...refusal, next: 'lp-pay devnet advance --rounds 2' })
    refuses(plan('withdraw', unlocking, mainnet), {
      ...refusal,
      next: 'repeat the command then; watch: lp-pay status --watch',
    })
  })
})
