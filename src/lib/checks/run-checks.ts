import type { Address } from 'viem'

import type { Network } from '../chain/network.ts'
import { CheckFailedError } from '../errors.ts'
import type { PlannedCheck } from './define-check.ts'
import { readFacts } from './read-facts.ts'
import type { CheckReport, CheckStatus } from './report.ts'

export interface RunChecksOptions {
  readonly network: Network
  readonly urls: readonly string[]
  readonly checks: readonly PlannedCheck[]
  /** Null when no check needs an account. */
  readonly address: Address | null
  readonly signal?: AbortSignal
}

/**
 * Reads the chain once, through every RPC for what concerns the RPC itself, and makes all checks. An RPC that is down
 * or on another chain is a failed check and no error.
 *
 * @throws {ConfigurationError} RPC_MISSING, RPC_URL_INVALID
 * @throws {RpcUnavailableError} RPC_INTERRUPTED
 */
export async function runChecks({ checks, ...options }: RunChecksOptions): Promise<CheckReport> {
  if (options.address === null && checks.some(({ needsAccount }) => needsAccount)) {
    throw new Error('these checks need an address')
  }
  const facts = await readFacts(options)
  const results = checks.flatMap((check) => check.run(facts))
  const count = (wanted: CheckStatus) => results.filter(({ status }) => status === wanted).length
  return {
    network: options.network.name,
    address: options.address,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    checks: results,
  }
}

/** The error that a report with a failed check amounts to. */
export function failedChecks({ address, checks }: CheckReport): CheckFailedError | undefined {
  const failed = checks.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return undefined
  const names = [...new Set(failed.map(({ name }) => name))]
  const ofAccount = address !== null && failed.some(({ subject }) => subject === address)
  return new CheckFailedError(
    'CHECK_FAILED',
    `${String(failed.length)} of ${String(checks.length)} checks failed: ${names.join(', ')}`,
    { details: { failed: names }, nextSteps: ofAccount ? [`lp-pay status ${address}`] : [] },
  )
}
