import { showStoreLocation } from '../store/store-location.ts'
import { originOf } from '../text/redact-urls.ts'
import { formatWei } from '../units/wei.ts'
import type { ProfileKey, Setting, Settings, Source } from './settings.ts'

/** One setting as it may be shown: no path or query of a URL. */
export interface SettingReport {
  readonly name: 'profile' | ProfileKey
  readonly value: string | null
  readonly source: Source
  /** The flag, the variable, the profile, or `built in`. */
  readonly origin: string
}

export function describeSettings(settings: Settings): SettingReport[] {
  const report = (
    name: SettingReport['name'],
    { source, origin }: Setting<unknown>,
    value: string | undefined,
  ) => ({
    name,
    value: value ?? null,
    source,
    origin,
  })
  const {
    profile,
    network,
    rpcUrls,
    account,
    keystoreFolder,
    passwordFile,
    maxFeePerGasWei,
    confirmations,
    timeoutSeconds,
    store,
    spendPerHourWei,
    node,
  } = settings
  const limit = maxFeePerGasWei.value
  const spend = spendPerHourWei.value
  return [
    report('profile', profile, profile.value),
    report('network', network, network.value.name),
    report(
      'rpc-urls',
      rpcUrls,
      rpcUrls.value.length === 0 ? undefined : rpcUrls.value.map(originOf).join(', '),
    ),
    report('account', account, account.value),
    report('keystore', keystoreFolder, keystoreFolder.value),
    report('password-file', passwordFile, passwordFile.value),
    report(
      'max-fee-per-gas',
      maxFeePerGasWei,
      limit === undefined ? undefined : `${formatWei(limit, 'gwei')}gwei`,
    ),
    report('confirmations', confirmations, String(confirmations.value)),
    report('timeout', timeoutSeconds, `${String(timeoutSeconds.value)}s`),
    report('store', store, showStoreLocation(store.value)),
    report('spend', spendPerHourWei, spend === undefined ? undefined : `${formatWei(spend)}eth`),
    report('node', node, node.value === undefined ? undefined : originOf(node.value)),
  ]
}
