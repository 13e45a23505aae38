import assert from 'node:assert/strict'
import fc from 'fast-check'

import { findCandidates } from '../../../../src/lib/redemption/plan/candidate.ts'
import { chooseBySender } from '../../../../src/lib/redemption/plan/choose-by-sender.ts'
import { chooseExactly } from '../../../../src/lib/redemption/plan/exact.ts'
import { gasOf } from '../../../../src/lib/redemption/plan/batches.ts'
import { fundsOf } from '../../../../src/lib/redemption/plan/funds.ts'
import { gasModel } from '../../../../src/lib/redemption/plan/gas-model.ts'
import { planRedemption } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanInput } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { bestNetPayout } from './best-plan.ts'
import { scenarios, toInput } from './scenario.ts'
import type { ScenarioLimits } from './scenario.ts'

const maxGasShare = fc.constantFrom(
  { numerator: 1n, denominator: 2n },
  { numerator: 1n, denominator: 1n },
  { numerator: 1n, denominator: 5n },
)

interface Comparison {
  readonly name: string
  readonly limits: ScenarioLimits
  readonly numRuns: number
}

/** Net payout of the plan and of the best there is, over scenarios that are the same in every run. */
function compare({ limits, numRuns }: Comparison): { net: bigint; best: bigint; input: PlanInput }[] {
  return fc.sample(scenarios(limits), { numRuns, seed: 1 }).map((scenario) => {
    const input = toInput(scenario)
    const plan = planRedemption(input)
    return { net: plan.payoutWei - plan.gasCostWei, best: bestNetPayout(input), input }
  })
}

describe('a redemption plan beside every set of tickets in every order', () => {
  const comparisons: readonly Comparison[] = [
    {
      name: 'several senders and recipients',
      limits: { tickets: 6, senders: 3, recipients: 2, options: fc.record({ maxGasShare }) },
      numRuns: 400,
    },
    {
      name: 'tickets that the contract refuses',
      limits: { tickets: 7, senders: 3, recipients: 3, refusals: true, options: fc.record({ maxGasShare }) },
      numRuns: 200,
    },
    {
      name: 'one sender who is short',
      limits: { tickets: 7, least: 5, senders: 1, recipients: 2, options: fc.record({ maxGasShare }) },
      numRuns: 60,
    },
    {
      name: 'seven tickets',
      limits: { tickets: 7, least: 7, senders: 3, recipients: 2, options: fc.record({ maxGasShare }) },
      numRuns: 60,
    },
    {
      name: 'batches of a few tickets',
      limits: {
        tickets: 6,
        senders: 3,
        recipients: 2,
        options: fc.record({ maxTicketsPerBatch: fc.constantFrom(3, 4, 5), maxGasShare }),
      },
      numRuns: 400,
    },
    {
      name: 'batches of little gas',
      limits: {
        tickets: 6,
        senders: 3,
        recipients: 1,
        options: fc.record({ maxGasPerBatch: fc.constantFrom(400_000n, 500_000n, 600_000n), maxGasShare }),
      },
      numRuns: 400,
    },
  ]
  for (const comparison of comparisons) {
    it(`comes within 1 % of the best: ${comparison.name}`, () => {
      const compared = compare(comparison)
      for (const { net, best, input } of compared) {
        assert.ok(net * 100n >= best * 99n, `${String(net)} of ${String(best)} for ${print(input)}`)
      }
      assert.ok(compared.filter(({ best }) => best > 0n).length > comparison.numRuns / 4)
    })
  }

  it('is never better than the best, which would be a fault in either', () => {
    const limits = { tickets: 6, senders: 2, recipients: 2, options: fc.record({ maxGasShare }) }
    for (const { net, best, input } of compare({ name: '', limits, numRuns: 200 })) {
      assert.ok(net <= best, print(input))
    }
  })
})

describe('choosing sender by sender', () => {
  it('comes within 1 % of looking at every choice where there is much to redeem', () => {
    const limits = { tickets: 12, least: 12, senders: 3, recipients: 2 }
    let compared = 0
    for (const scenario of fc.sample(scenarios(limits), { numRuns: 150, seed: 1 })) {
      const { tickets, chain, gas, options } = toInput(scenario)
      const model = gasModel(gas, chain)
      const { candidates } = findCandidates(tickets, chain, options)
      const paying = candidates.filter(({ budgetWei }) => budgetWei >= model.ticket * model.priceWei)
      const [net, best] = [chooseBySender, chooseExactly].map((choose) => {
        const { groups, batches } = choose(paying, (sender) => fundsOf(sender, chain), model, options)
        const payments = groups.flatMap((group) => group.payments)
        const payoutWei = payments.reduce((sum, payment) => sum + payment.payoutWei, 0n)
        return { netWei: payoutWei - gasOf(batches) * model.priceWei, count: payments.length }
      })
      // What leaves less than this is chosen by looking at every choice.
      if (net === undefined || best === undefined || net.count < 10) continue
      compared += 1
      assert.ok(net.netWei * 100n >= best.netWei * 99n, print({ tickets, chain, gas, options }))
    }
    assert.ok(compared > 10)
  })

  it('leaves next to nothing of the funds that are short, however many tickets there are', () => {
    const milliEther = 10n ** 15n
    const limits = { tickets: 200, least: 150, senders: 3, recipients: 1 }
    for (const scenario of fc.sample(scenarios(limits), { numRuns: 20, seed: 1 })) {
      const { tickets, chain, ...rest } = toInput(scenario)
      const large = tickets.map((ticket, index) => ({
        ...ticket,
        faceValue: milliEther + (ticket.faceValue % milliEther) + BigInt(index),
      }))
      const senders = new Map(
        [...chain.senders].map(([sender]) => [sender, { depositWei: 20n * milliEther, withdrawRound: 0n }]),
      )
      const plan = planRedemption({
        ...rest,
        tickets: large,
        chain: {
          ...chain,
          senders,
          claimable: new Map([...chain.claimable.keys()].map((key) => [key, milliEther])),
        },
        gas: { executionWei: 1_000_000n, dataGasPerTicket: 0n },
      })
      assert.ok(plan.payoutWei * 100n >= 3n * 21n * milliEther * 99n, String(plan.payoutWei))
    }
  })
})

function print(input: PlanInput): string {
  return JSON.stringify(input, (_, value: unknown) =>
    typeof value === 'bigint'
      ? String(value)
      : value instanceof Map
        ? [...(value as Map<unknown, unknown>)]
        : value,
  )
}
