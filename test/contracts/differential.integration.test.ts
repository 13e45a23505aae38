import assert from 'node:assert/strict'
import fc from 'fast-check'
import { maxUint256, parseEther } from 'viem'
import type { Address } from 'viem'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { useTestDevnet } from '../helpers/devnet.ts'
import { makeComparable } from './broker-chain.ts'
import { Comparison } from './comparison.ts'
import { listedDifferences } from './listed-differences.ts'
import type { ListedDifference } from './listed-differences.ts'
import { anyOperations, stranger } from './operations.ts'
import type { Operation, TicketPlan } from './operations.ts'

const [, gateway, , first, second, , inactive] = devnetAccounts

const plan = (changes: Partial<TicketPlan> = {}): TicketPlan => ({
  sender: gateway,
  recipient: first.address,
  faceValue: parseEther('0.01'),
  winProb: maxUint256,
  senderNonce: 1n,
  age: 0n,
  flaw: 'none',
  ...changes,
})
const redeem = (changes: Partial<TicketPlan> = {}): Operation => ({ kind: 'redeem', plan: plan(changes) })
const fund = (deposit: string, reserve: string, by: Address = gateway.address): Operation => ({
  kind: 'fund',
  by,
  sender: gateway.address,
  depositWei: parseEther(deposit),
  reserveWei: parseEther(reserve),
})
const nextRound: Operation = { kind: 'round', initialised: true }
const act = (kind: 'unlock' | 'cancelUnlock' | 'withdraw'): Operation => ({ kind, sender: gateway.address })

/** What chance seldom brings about, and each of the listed differences. */
const stories: readonly (readonly Operation[])[] = [
  [
    fund('1', '0.3'),
    act('unlock'),
    nextRound,
    redeem(),
    nextRound,
    redeem(),
    act('withdraw'),
    act('withdraw'),
  ],
  [fund('1', '0.3'), act('unlock'), act('cancelUnlock'), act('unlock'), fund('0', '0'), act('cancelUnlock')],
  [fund('0.01', '0.3'), redeem(), redeem(), { kind: 'batch', plans: [plan({ senderNonce: 2n }), plan()] }],
  [
    fund('0', '0.3'),
    redeem({ faceValue: parseEther('0.1') }),
    { kind: 'join', orchestrator: inactive.address },
    redeem({ senderNonce: 2n }),
    redeem({ recipient: second.address, faceValue: parseEther('0.2') }),
    redeem({ recipient: inactive.address }),
    nextRound,
    redeem({ recipient: inactive.address }),
  ],
  [redeem(), redeem({ faceValue: 0n })],
  [fund('0.02', '0.3'), redeem({ faceValue: parseEther('0.5') }), redeem({ recipient: inactive.address })],
  [fund('1', '0'), redeem({ flaw: 'compact' }), redeem({ flaw: 'short' }), redeem({ flaw: 'smallV' })],
  [fund('1', '0'), act('unlock'), fund('0.1', '0.1', stranger), act('withdraw')],
]

describe('the rules of 2022 and of 2026', () => {
  const older = useTestDevnet({ rules: '2022' })
  const newer = useTestDevnet({ rules: '2026' })
  before(() => Promise.all([makeComparable(older), makeComparable(newer)]))

  it('differ in nothing but what is listed, whatever is done', async () => {
    const seen = new Set<ListedDifference>()
    await fc.assert(
      fc.asyncProperty(anyOperations, async (operations) => {
        const starts = await Promise.all([older.snapshot(), newer.snapshot()])
        const comparison = new Comparison({ older, newer }, (difference) => seen.add(difference))
        try {
          for (const operation of operations) await comparison.perform(operation)
        } finally {
          await Promise.all([older.revert(starts[0]), newer.revert(starts[1])])
        }
      }),
      { seed: 2026, numRuns: 50, examples: stories.map((story) => [[...story]]) },
    )
    assert.deepEqual([...seen].sort(), [...listedDifferences].sort())
  }).timeout(180_000)
})
