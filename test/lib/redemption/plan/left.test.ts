import assert from 'node:assert/strict'
import fc from 'fast-check'
import { keccak256, numberToHex } from 'viem'

import { planRedemption } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanInput } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import type { LeftTicket, PlanTicket } from '../../../../src/lib/redemption/plan/types.ts'
import { scenarios, toInput } from './scenario.ts'
import type { ScenarioLimits } from './scenario.ts'

/** Whole, or with two digits that count where it is less than ten. */
const percent = String.raw`(?:[1-9]\d+|[1-9](?:\.\d)?|0\.0*[1-9]\d?) %`

const few: ScenarioLimits = { tickets: 7, least: 3, senders: 3, recipients: 2 }

function plannedHashes(input: PlanInput): Set<string> {
  return new Set(planRedemption(input).batches.flatMap(({ tickets }) => tickets.map(({ hash }) => hash)))
}

/** Checks each ticket that plans leave. */
function eachLeft(limits: ScenarioLimits, check: (input: PlanInput, left: LeftTicket) => void): void {
  fc.assert(
    fc.property(scenarios(limits), (scenario) => {
      const input = toInput(scenario)
      for (const left of planRedemption(input).left) check(input, left)
    }),
    { numRuns: 150 },
  )
}

function find(input: PlanInput, { hash }: LeftTicket): PlanTicket {
  const ticket = input.tickets.find((one) => one.hash === hash)
  assert.ok(ticket)
  return ticket
}

function withDeposit(input: PlanInput, sender: string, moreWei: bigint): PlanInput {
  const senders = new Map(input.chain.senders)
  const { depositWei = 0n, withdrawRound = 0n } = senders.get(sender) ?? {}
  senders.set(sender, { depositWei: depositWei + moreWei, withdrawRound })
  return { ...input, chain: { ...input.chain, senders } }
}

const atGasPrice = (input: PlanInput, executionWei: bigint): PlanInput => ({
  ...input,
  gas: { ...input.gas, executionWei },
})

describe('a ticket that a plan leaves', () => {
  it('says why in one clause, and the reason fits the code', () => {
    const clauses = {
      expired: /^expired: round \d+ was its last$/,
      senderUnlocked: /^the sender's funds unlocked in round \d+: pays when the sender funds again$/,
      recipientInactive: /^the recipient is not in the active set: pays when it is again$/,
      depositShort: /^deposit short by [\d.]+ ETH$/,
      belowMinPayout: /^pays [\d.]+ ETH, less than [\d.]+ ETH: pays with a lower least payout$/,
      gasAbovePayout: new RegExp(
        `^(gas is (${percent} of|\\d+ times) the payout(, limit ${percent})?|it has no face value): pays `,
      ),
      gasShare: new RegExp(`^gas is ${percent} of the payout, limit ${percent}: pays `),
    } as const
    const minPayoutWei = fc.constantFrom(0n, 10n ** 13n)
    eachLeft(
      { ...few, tickets: 40, refusals: true, options: fc.record({ minPayoutWei }) },
      (_, { code, reason, lookAgain }) => {
        assert.match(reason, clauses[code])
        assert.equal('depositWei' in lookAgain, reason.includes('deposit'))
        assert.equal('moreTickets' in lookAgain, / or with \d+ more tickets?/.test(reason))
        assert.equal('gasPriceWei' in lookAgain, reason.includes('pays below'))
      },
    )
  })

  it('is planned at the gas price that it names, where deposits are enough', () => {
    eachLeft({ ...few, plentiful: true }, (input, left) => {
      const { gasPriceWei } = left.lookAgain
      assert.ok(gasPriceWei !== undefined && gasPriceWei < input.gas.executionWei)
      assert.ok(plannedHashes(atGasPrice(input, gasPriceWei)).has(left.hash), left.reason)
    })
  })

  it('is not planned at a gas price that is 10 % higher, where it has its recipient for company', () => {
    let [kept, all] = [0, 0]
    eachLeft({ ...few, recipients: 1, plentiful: true }, (input, left) => {
      const { gasPriceWei = 0n } = left.lookAgain
      all += 1
      if (!plannedHashes(atGasPrice(input, (gasPriceWei * 11n) / 10n + 1n)).has(left.hash)) kept += 1
    })
    assert.ok(kept * 100 >= all * 98, `${String(kept)} of ${String(all)}`)
  })

  it('is planned with as many more tickets like it as it names, where deposits are enough', () => {
    eachLeft({ ...few, plentiful: true }, (input, left) => {
      const { moreTickets } = left.lookAgain
      if (moreTickets === undefined) return
      const like = find(input, left)
      const more = Array.from({ length: moreTickets }, (_, index) => ({
        ...like,
        hash: keccak256(numberToHex(1_000 + index)),
      }))
      assert.ok(plannedHashes({ ...input, tickets: [...input.tickets, ...more] }).has(left.hash), left.reason)
    })
  })

  it('is planned when the deposit has grown by what it names and not by less, where it alone waits', () => {
    let [kept, all] = [0, 0]
    eachLeft({ ...few, recipients: 1 }, (input, left) => {
      const { depositWei } = left.lookAgain
      if (left.code !== 'depositShort' || depositWei === undefined) return
      const planned = plannedHashes(input)
      const tickets = input.tickets.filter(({ hash }) => planned.has(hash) || hash === left.hash)
      all += 1
      if (plannedHashes(withDeposit({ ...input, tickets }, left.sender, depositWei)).has(left.hash)) kept += 1
      const short = withDeposit({ ...input, tickets }, left.sender, depositWei - 1n)
      assert.ok(plannedHashes(short).size < tickets.length)
    })
    // Rarely another order of draws on the reserve is so much cheaper that the ticket still waits.
    assert.ok(kept * 100 >= all * 99, `${String(kept)} of ${String(all)}`)
  })
})
