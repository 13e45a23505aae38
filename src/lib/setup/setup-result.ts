import type { SettingDifference, SetupPlan } from '../config/plan-setup.ts'
import type { Setup } from '../config/setup.ts'
import type { SetupCheck } from './check-setup.ts'

/** What `lp-pay init` has done. */
export interface SetupResult {
  readonly path: string
  readonly profile: string
  readonly network: string
  readonly account: string | null
  /** Empty when the file was like this already. */
  readonly differences: readonly SettingDifference[]
  /** The keystore of an account that was made. */
  readonly newKeystore: string | null
  /** `skipped` when nobody asked the chain. */
  readonly check: 'passed' | 'failed' | 'skipped'
  readonly nextSteps: readonly string[]
}

/** Sums up what was written and what to do with it. */
export function describeSetup(
  setup: Setup,
  { edit, differences }: SetupPlan,
  check: SetupCheck | undefined,
  newKeystore: string | undefined,
): SetupResult {
  const { profile, network, account } = setup
  const isDefault = (edit.after['default-profile'] ?? 'default') === profile
  const naming = isDefault ? '' : ` --profile ${profile}`
  const fit = check?.rpcs.every(({ problem }) => problem === null)
  return {
    path: edit.path,
    profile,
    network: network.name,
    account: account ?? null,
    differences,
    newKeystore: newKeystore ?? null,
    check: fit === undefined ? 'skipped' : fit ? 'passed' : 'failed',
    nextSteps: [
      ...(newKeystore === undefined
        ? []
        : ['back up the new keystore and its password: without both, what the account holds is lost']),
      ...(network.name === 'devnet' && fit !== true ? ['lp-pay devnet up'] : []),
      account === undefined ? `lp-pay account create${naming}` : `lp-pay status${naming}`,
      ...(isDefault ? [] : [`lp-pay config set default-profile ${profile}, to use it without --profile`]),
    ],
  }
}
