import assert from 'node:assert/strict'
import fc from 'fast-check'

import { planRedemption } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanInput } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { currentRound, scenarios, toInput } from './scenario.ts'
import type { ScenarioLimits } from './scenario.ts'

const limits: ScenarioLimits = { tickets: 10, senders: 3, recipients: 2 }

function netOf(input: PlanInput): bigint {
  const plan = planRedemption(input)
  return plan.payoutWei - plan.gasCostWei
}

/** Up to the 1 % by which a plan may miss the best. */
function assertNotLess(net: bigint, before: bigint): void {
  assert.ok(net * 100n >= before * 99n, `${String(net)} is less than ${String(before)}`)
}

describe('laws of a redemption plan', () => {
  it('does not pay less when a deposit grows', () => {
    const more = fc.bigInt({ min: 1n, max: 10n ** 15n })
    fc.assert(
      fc.property(scenarios(limits), more, fc.nat(2), (scenario, wei, index) => {
        const input = toInput(scenario)
        const senders = new Map(input.chain.senders)
        const [address, funds] = [...senders][index] ?? []
        if (address === undefined || funds === undefined) return
        senders.set(address, { ...funds, depositWei: funds.depositWei + wei })
        assertNotLess(netOf({ ...input, chain: { ...input.chain, senders } }), netOf(input))
      }),
      { numRuns: 200 },
    )
  })

  it('does not pay less when gas gets cheaper', () => {
    fc.assert(
      fc.property(scenarios(limits), fc.integer({ min: 0, max: 99 }), (scenario, percent) => {
        const input = toInput(scenario)
        const executionWei = (scenario.gasPriceWei * BigInt(percent)) / 100n
        assertNotLess(netOf({ ...input, gas: { ...input.gas, executionWei } }), netOf(input))
      }),
      { numRuns: 200 },
    )
  })

  it('does not pay less when gas may take more, or when there is one more ticket', () => {
    fc.assert(
      fc.property(scenarios(limits), (scenario) => {
        const input = toInput(scenario)
        const free = { ...input.options, maxGasShare: { numerator: 1n, denominator: 1n } }
        assertNotLess(netOf({ ...input, options: free }), netOf(input))
        assertNotLess(netOf(input), netOf({ ...input, tickets: input.tickets.slice(1) }))
      }),
      { numRuns: 200 },
    )
  })

  it('redeems first what has a sender who unlocks, then what expires, unless funds demand another order', () => {
    fc.assert(
      fc.property(scenarios({ ...limits, tickets: 40, plentiful: true }), (scenario) => {
        const withdrawRounds = new Map(scenario.state.senders.map((one) => [one.address, one.withdrawRound]))
        const rounds = new Map(scenario.tickets.map((ticket) => [ticket.hash, ticket.creationRound]))
        const options = { ...scenario.options, maxTicketsPerBatch: 4 }
        const ranks = planRedemption({ ...toInput(scenario), options })
          .batches.flatMap(({ tickets }) => tickets)
          .map(({ hash, sender }) =>
            withdrawRounds.get(sender) !== 0n ? 0 : rounds.get(hash) === currentRound - 1n ? 1 : 2,
          )
        assert.deepEqual(
          ranks,
          [...ranks].sort((a, b) => a - b),
        )
      }),
      { numRuns: 150 },
    )
  })
})
