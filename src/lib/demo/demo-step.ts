import type { Address, Hex } from 'viem'

import type { FeesState } from '../fees/read-fees.ts'
import type { FeesWithdrawal } from '../fees/withdraw-fees.ts'
import type { RedeemResult } from '../redemption/redeem-result.ts'
import type { SendResult } from '../sender/operations/sender-operation.ts'
import type { SenderStatus } from '../sender/status.ts'

/** One step of the demonstration, as it happened. */
export type DemoStep =
  | {
      readonly kind: 'devnet'
      readonly rpcUrl: string
      readonly round: bigint
      readonly orchestrators: bigint
    }
  | { readonly kind: 'status'; readonly status: SenderStatus }
  | { readonly kind: 'sent'; readonly command: string; readonly result: SendResult }
  | { readonly kind: 'refused'; readonly command: string; readonly reason: string }
  | {
      readonly kind: 'tickets'
      readonly recipient: Address
      /** How many the gateway has signed. */
      readonly signed: number
      readonly faceValueWei: bigint
      /** One of so many wins, on average. */
      readonly oneIn: number
      /** The hashes of those that have won. */
      readonly winners: readonly Hex[]
    }
  | { readonly kind: 'redeemed'; readonly command: string; readonly result: RedeemResult }
  | { readonly kind: 'fees'; readonly fees: FeesState }
  | { readonly kind: 'feesWithdrawn'; readonly command: string; readonly result: FeesWithdrawal }
  | { readonly kind: 'rounds'; readonly from: bigint; readonly to: bigint }

/** What the demonstration showed. */
export interface DemoResult {
  readonly steps: readonly DemoStep[]
  /** What was locked up, in wei. */
  readonly lockedWei: bigint
  /** What winning tickets brought the orchestrator, in wei. */
  readonly earnedWei: bigint
  /** What came back to the gateway, in wei. */
  readonly withdrawnWei: bigint
  readonly transactions: number
  /** All gas paid, in wei. */
  readonly feesWei: bigint
}

export function summarise(steps: readonly DemoStep[]): DemoResult {
  const sent = steps.flatMap((step) => (step.kind === 'sent' ? [step.result] : []))
  const events = sent.flatMap((result) => result.events)
  const paid = (name: string, ...parts: readonly string[]) =>
    sum(
      events
        .filter((event) => event.name === name)
        .flatMap(({ args }) => parts.map((part) => (typeof args[part] === 'bigint' ? args[part] : 0n))),
    )
  const batches = steps.flatMap((step) => (step.kind === 'redeemed' ? step.result.batches : []))
  const transactions = [
    ...sent.map(({ transaction }) => transaction?.feeWei ?? 0n),
    ...batches.map(({ feeWei }) => feeWei),
    ...steps.flatMap((step) =>
      step.kind === 'feesWithdrawn' ? [step.result.transaction?.feeWei ?? 0n] : [],
    ),
  ]
  return {
    steps,
    lockedWei: paid('DepositFunded', 'amount') + paid('ReserveFunded', 'amount'),
    earnedWei: sum(batches.map(({ paidWei }) => paidWei)),
    withdrawnWei: paid('Withdrawal', 'deposit', 'reserve'),
    transactions: transactions.length,
    feesWei: sum(transactions),
  }
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, wei) => total + wei, 0n)
}
