import type { Address } from 'viem'

/** A quantity named by its unit, or a word. */
export type Measure =
  | { readonly wei: bigint }
  | { readonly seconds: number }
  | { readonly chainId: bigint }
  | { readonly text: string }

export type CheckStatus = 'passed' | 'failed' | 'skipped'

/** What one check says of one thing. */
export interface CheckResult {
  /** The check's name, which is also its flag and its key in a file. */
  readonly name: string
  /** The RPC's origin or the account's address; null for what the whole network has in common. */
  readonly subject: string | null
  readonly status: CheckStatus
  /** What was found; null when it could not be told. */
  readonly value: Measure | null
  /** Null for a check that has none. */
  readonly limit: Measure | null
  /** One clause, fit to show; empty when value and limit say it all. */
  readonly explanation: string
}

/** Everything that `lp-pay check` has checked. */
export interface CheckReport {
  readonly network: string
  /** Null when nothing was asked of an account. */
  readonly address: Address | null
  readonly passed: number
  readonly failed: number
  /** What could not be checked because something else has failed. */
  readonly skipped: number
  readonly checks: readonly CheckResult[]
}
