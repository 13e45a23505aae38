import assert from 'node:assert/strict'
import { decodeFunctionData } from 'viem'

import { ticketBrokerAbi } from '../../../../src/lib/contracts/abi/ticket-broker.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { cancelUnlockOperation } from '../../../../src/lib/sender/operations/cancel-unlock.ts'
import { fundOperation } from '../../../../src/lib/sender/operations/fund.ts'
import type { FundRequest, Funding } from '../../../../src/lib/sender/operations/fund.ts'
import type { SenderOperation } from '../../../../src/lib/sender/operations/sender-operation.ts'
import { unlockOperation } from '../../../../src/lib/sender/operations/unlock.ts'
import { withdrawOperation } from '../../../../src/lib/sender/operations/withdraw.ts'
import { parseWei } from '../../../../src/lib/units/wei.ts'
import { gateway, otherGateway } from '../../../helpers/sender-fixture.ts'
import { makeConnection, makeState } from '../make-state.ts'

type State = Parameters<typeof makeState>[0]

const eth = (text: string) => parseWei(text)
const connection = makeConnection()
const from = gateway.address
const other = otherGateway.address
const held = { depositWei: eth('0.1'), reserveWei: eth('0.36') }

function fund(funding: Funding, changes: Partial<FundRequest> = {}): SenderOperation {
  return fundOperation(connection, { name: 'deposit', funding, from, ...changes })
}

const add = (deposit: string, reserve: string): Funding => ({
  kind: 'add',
  depositWei: parseWei(deposit, { allowZero: true }),
  reserveWei: parseWei(reserve, { allowZero: true }),
})

/** The plan, with its call in words. */
function planOf(operation: SenderOperation, state?: State) {
  const plan = operation.plan(makeState(state))
  if (plan === undefined) return undefined
  const { functionName, args } = decodeFunctionData({ abi: ticketBrokerAbi, data: plan.call.data })
  assert.equal(plan.call.to, devnetContracts.TicketBroker)
  return { call: [functionName, args ?? [], plan.call.value], effect: plan.effect, cautions: plan.cautions }
}

describe('what an operation plans', () => {
  describe('to fund', () => {
    const before = { ...held, phase: 'locked' }

    it('the deposit', () => {
      assert.deepEqual(planOf(fund(add('0.2', '0'))), {
        call: ['fundDeposit', [], eth('0.2')],
        effect: {
          summary: 'add 0.2 ETH to the deposit',
          before,
          after: { ...before, depositWei: eth('0.3') },
        },
        cautions: [],
      })
    })

    it('the reserve', () => {
      assert.deepEqual(planOf(fund(add('0', '0.2'), { name: 'reserve' })), {
        call: ['fundReserve', [], eth('0.2')],
        effect: {
          summary: 'add 0.2 ETH to the reserve',
          before,
          after: { ...before, reserveWei: eth('0.56') },
        },
        cautions: [],
      })
    })

    it('both, in one call', () => {
      assert.deepEqual(planOf(fund(add('0.2', '0.3'))), {
        call: ['fundDepositAndReserve', [eth('0.2'), eth('0.3')], eth('0.5')],
        effect: {
          summary: 'add 0.2 ETH to the deposit and 0.3 ETH to the reserve',
          before,
          after: { depositWei: eth('0.3'), reserveWei: eth('0.66'), phase: 'locked' },
        },
        cautions: [],
      })
    })

    it("another's account, always by the call that names it", () => {
      const operation = fund(add('0.2', '0'), { beneficiary: other })
      assert.deepEqual(planOf(operation, { address: other }), {
        call: ['fundDepositAndReserveFor', [other, eth('0.2'), 0n], eth('0.2')],
        effect: {
          summary: `add 0.2 ETH to the deposit of ${other}`,
          before,
          after: { ...before, depositWei: eth('0.3') },
        },
        cautions: [],
      })
    })

    it('the own account when it is named as the other, in whatever case', () => {
      const operation = fund(add('0.2', '0'), { beneficiary: from.toLowerCase() as typeof from })
      assert.deepEqual(planOf(operation)?.call, ['fundDeposit', [], eth('0.2')])
    })

    it('what is missing, and nothing when nothing is', () => {
      const topUp = (part: 'deposit' | 'reserve', to: string) => fund({ kind: 'topUp', part, toWei: eth(to) })
      assert.deepEqual(planOf(topUp('deposit', '0.25'))?.call, ['fundDeposit', [], eth('0.15')])
      assert.deepEqual(planOf(topUp('reserve', '0.5'))?.call, ['fundReserve', [], eth('0.14')])
      assert.equal(planOf(topUp('deposit', '0.1')), undefined)
      assert.equal(planOf(topUp('deposit', '0.05')), undefined)
      assert.equal(planOf(topUp('deposit', '0.099999999999999999')), undefined)
      assert.equal(planOf(topUp('reserve', '0.36')), undefined)
    })

    it('nothing at all: refused', () => {
      assert.throws(() => fund(add('0', '0')), {
        name: 'UsageError',
        code: 'AMOUNT_MISSING',
        message: 'say how much to fund',
        nextSteps: ['lp-pay deposit 0.1'],
      })
    })

    for (const [phase, withdrawRound] of [
      ['unlocking', 1003n],
      ['unlocked', 1000n],
    ] as const) {
      it(`an account that is ${phase}: it is locked again, with a warning`, () => {
        const plan = planOf(fund(add('0.2', '0')), { withdrawRound })
        assert.deepEqual([plan?.effect.before.phase, plan?.effect.after.phase], [phase, 'locked'])
        assert.deepEqual(plan?.cautions, [
          `this cancels the unlock of round ${String(withdrawRound)}: to withdraw later you must unlock again`,
        ])
      })

      it(`another's account that is ${phase}: whether that stays is for the contract to say`, () => {
        const operation = fund(add('0.2', '0'), { beneficiary: other })
        const plan = planOf(operation, { address: other, withdrawRound })
        assert.deepEqual([plan?.effect.before.phase, plan?.effect.after.phase], [phase, phase])
        assert.deepEqual(plan?.cautions, [
          `${other} has begun to unlock; depending on the contract's version this cancels it`,
        ])
      })
    }

    const withdrawn = { depositWei: 0n, reserveWei: 0n, withdrawRound: 1000n }

    it('an account that was withdrawn: no unlock is left to cancel', () => {
      const plan = planOf(fund(add('0.2', '0')), withdrawn)
      assert.deepEqual([plan?.effect.before.phase, plan?.effect.after.phase], ['empty', 'locked'])
      assert.deepEqual(plan?.cautions, [])
    })

    it("another's account that was withdrawn: the contract may take it for unlocked", () => {
      const operation = fund(add('0.2', '0'), { beneficiary: other })
      const plan = planOf(operation, { ...withdrawn, address: other })
      assert.deepEqual([plan?.effect.before.phase, plan?.effect.after.phase], ['empty', 'unlocked'])
      assert.deepEqual(plan?.cautions, [
        `${other} has begun to unlock; depending on the contract's version this cancels it`,
      ])
    })
  })

  it('to unlock: when the funds can be withdrawn, and what it costs before', () => {
    assert.deepEqual(planOf(unlockOperation(connection, from)), {
      call: ['unlock', [], 0n],
      effect: {
        summary: 'unlock the deposit and the reserve; withdraw from round 1003 on, in about 33 h 36 min',
        before: { ...held, phase: 'locked' },
        after: { ...held, phase: 'unlocking' },
      },
      cautions: ['orchestrators stop taking your tickets one round before the funds unlock'],
    })
  })

  it('to unlock where nobody must wait', () => {
    const plan = planOf(unlockOperation(connection, from), { unlockPeriod: 0n })
    assert.equal(plan?.effect.after.phase, 'unlocked')
  })

  for (const [phase, withdrawRound] of [
    ['unlocking', 1003n],
    ['unlocked', 1000n],
  ] as const) {
    it(`to cancel an unlock while ${phase}`, () => {
      assert.deepEqual(planOf(cancelUnlockOperation(connection, from), { withdrawRound }), {
        call: ['cancelUnlock', [], 0n],
        effect: {
          summary: `cancel the unlock of round ${String(withdrawRound)}`,
          before: { ...held, phase },
          after: { ...held, phase: 'locked' },
        },
        cautions: [],
      })
    })
  }

  it('to withdraw everything, from the very round on', () => {
    assert.deepEqual(planOf(withdrawOperation(connection, from), { withdrawRound: 1001n }), {
      call: ['withdraw', [], 0n],
      effect: {
        summary: 'withdraw 0.1 ETH of deposit and 0.36 ETH of reserve',
        before: { ...held, phase: 'unlocked' },
        after: { depositWei: 0n, reserveWei: 0n, phase: 'empty' },
      },
      cautions: [],
    })
  })
})

describe('what names a request', () => {
  it('is the same for the same request and no other', () => {
    const requests = [
      fund(add('0.1', '0')),
      fund(add('0.2', '0')),
      fund(add('0.1', '0.2')),
      fund(add('0', '0.1')),
      fund(add('0.1', '0'), { beneficiary: other }),
      fund(add('0', '0.1'), { name: 'reserve' }),
      fund({ kind: 'topUp', part: 'deposit', toWei: eth('0.1') }),
      fund({ kind: 'topUp', part: 'reserve', toWei: eth('0.1') }),
      unlockOperation(connection, from),
      cancelUnlockOperation(connection, from),
      withdrawOperation(connection, from),
      withdrawOperation(connection, other),
    ]
    const keys = requests.map(({ requestKey }) => requestKey)
    assert.equal(new Set(keys).size, keys.length)
    assert.equal(fund(add('0.1', '0')).requestKey, keys[0])
    const spelled = fund(add('0.1', '0'), { beneficiary: other.toLowerCase() as typeof other })
    assert.equal(spelled.requestKey, keys[4])
  })
})
