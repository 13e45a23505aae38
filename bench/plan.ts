/**
 * Planning the redemption of 100,000 tickets of 1,000 senders, of which every third cannot pay all of his: npm run
 * bench:plan. As a ratio to sorting the same tickets once by face value, in the same run.
 */
import { keccak256, numberToHex } from 'viem'

import {
  claimableKey,
  defaultPlanOptions,
  planRedemption,
} from '../src/lib/redemption/plan/plan-redemption.ts'
import type { PlanInput } from '../src/lib/redemption/plan/plan-redemption.ts'

const rounds = Number(process.argv[2] ?? 7)
const senderCount = 1000
const ticketsOfEach = 100
const milliEther = 10n ** 15n

/** The same numbers in every run. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export function makeInput(recipientCount: number): PlanInput {
  const random = makeRandom(1)
  const addresses = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => numberToHex(from + index, { size: 20 }))
  const senders = addresses(senderCount, 0xa0000)
  const recipients = addresses(recipientCount, 0xb0000)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const tickets = Array.from({ length: senderCount * ticketsOfEach }, (_, index) => ({
    hash: keccak256(numberToHex(index)),
    sender: senders[index % senderCount] ?? pick(senders),
    recipient: pick(recipients),
    faceValue: milliEther / 2n + BigInt(Math.floor(random() * 1e6)) * 10n ** 10n,
    creationRound: random() < 0.3 ? 99n : 100n,
  }))
  // A ticket is worth about 5 milliether, so that the plentiful have twice what they need and the others a third.
  const needed = 5n * milliEther * BigInt(ticketsOfEach)
  return {
    tickets,
    chain: {
      currentRound: 100n,
      ticketValidityPeriod: 2n,
      senders: new Map(
        senders.map((sender, index) => [
          sender,
          {
            depositWei: index % 3 === 0 ? needed / 4n : needed * 2n,
            withdrawRound: index % 50 === 0 ? 101n : 0n,
          },
        ]),
      ),
      recipients: new Map(recipients.map((recipient) => [recipient, { active: true, paidThisRound: false }])),
      claimable: new Map(
        senders.flatMap((sender) =>
          recipients.map((recipient) => [
            claimableKey(sender, recipient),
            needed / 12n / BigInt(recipientCount),
          ]),
        ),
      ),
    },
    gas: { executionWei: 50_000_000n, dataGasPerTicket: 1_500n },
    options: defaultPlanOptions,
  }
}

function seconds(work: () => unknown): number {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const print = (line: string) => process.stdout.write(`${line}\n`)
print('| recipients | tickets planned | batches | of one sort | seconds here |')
print('| --- | --- | --- | --- | --- |')
for (const recipientCount of process.env.NB ? [] : [1, 3]) {
  const input = makeInput(recipientCount)
  const sort = () =>
    [...input.tickets].sort((a, b) => (a.faceValue < b.faceValue ? -1 : a.faceValue > b.faceValue ? 1 : 0))
  const plan = planRedemption(input)
  const runs = Array.from({ length: rounds }, () => {
    const unit = seconds(sort)
    const time = seconds(() => planRedemption(input))
    return { ratio: time / unit, time }
  })
  const planned = plan.batches.reduce((sum, { tickets }) => sum + tickets.length, 0)
  const ratio = median(runs.map((run) => run.ratio)).toFixed(1)
  const time = median(runs.map((run) => run.time)).toFixed(2)
  const cells = [recipientCount, planned.toLocaleString('en'), plan.batches.length, ratio, time]
  print(`| ${cells.map(String).join(' | ')} |`)
}
