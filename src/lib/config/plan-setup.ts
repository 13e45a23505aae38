import { isDeepStrictEqual } from 'node:util'

import { planEdit } from './edit-config.ts'
import type { ConfigChange, ConfigEdit, ConfigValue } from './edit-config.ts'
import { builtInNetworks } from './networks.ts'
import { showChange, shownValue } from './set-setting.ts'
import type { ConfigFile } from './settings.ts'
import type { Setup } from './setup.ts'

/** One difference between the file and what it would hold, as it may be shown. */
export interface SettingDifference {
  /** A setting of the profile, `default-profile`, or a network. */
  readonly setting: string
  readonly before: string | null
  readonly after: string | null
}

export interface SetupPlan {
  readonly edit: ConfigEdit
  /** True when the profile is not in the file yet. */
  readonly isNew: boolean
  readonly differences: readonly SettingDifference[]
}

const setupKeys = ['network', 'rpc-urls', 'account', 'keystore', 'password-file'] as const

/**
 * What the configuration file would become. Other profiles, other settings of this one and comments stay.
 *
 * @throws {ConfigurationError} CONFIG_INVALID, CONFIG_NOT_PRIVATE, CONFIG_UNREADABLE
 */
export async function planSetup(path: string, setup: Setup): Promise<SetupPlan> {
  const edit = await planEdit(path, (file) => changesFor(setup, file))
  const { before, after } = edit
  return {
    edit,
    isNew: !Object.hasOwn(before.profiles, setup.profile),
    differences: [
      ...setupKeys.flatMap((key) => {
        const differs = !isDeepStrictEqual(
          before.profiles[setup.profile]?.[key],
          after.profiles[setup.profile]?.[key],
        )
        return differs ? [difference(key, (file) => shownValue(file, setup.profile, key), edit)] : []
      }),
      ...[difference('default-profile', (file) => file['default-profile'] ?? null, edit)].filter(isOne),
      ...[difference(`network ${setup.network.name}`, (file) => shownNetwork(file, setup), edit)].filter(
        isOne,
      ),
    ],
  }
}

function changesFor(
  { profile, network, rpcUrls, account, keystore, passwordFile }: Setup,
  file: ConfigFile,
): ConfigChange[] {
  const { name, chainId, controller, local } = network
  const inProfile = (key: (typeof setupKeys)[number], value: ConfigValue | undefined): ConfigChange => ({
    where: ['profiles', profile, key],
    value,
  })
  const changes = [
    inProfile('network', name),
    inProfile('rpc-urls', rpcUrls),
    inProfile('account', account),
    inProfile('keystore', keystore),
    inProfile('password-file', passwordFile),
  ]
  if (!builtInNetworks.some((builtIn) => builtIn.name === name)) {
    const value = { 'chain-id': chainId, controller, ...(local && { local }) }
    changes.push({ where: ['networks', name], value })
  }
  // The only profile there is should be used without being named.
  const isOnly = Object.keys(file.profiles).every((other) => other === profile)
  if (isOnly && profile !== 'default' && file['default-profile'] === undefined) {
    changes.push({ where: ['default-profile'], value: profile })
  }
  return changes
}

function difference(
  setting: string,
  show: (file: ConfigFile) => string | null,
  edit: ConfigEdit,
): SettingDifference {
  return { setting, ...showChange(show(edit.before), show(edit.after), setting === 'rpc-urls') }
}

function isOne({ before, after }: SettingDifference): boolean {
  return before !== after
}

function shownNetwork({ networks }: ConfigFile, { network: { name } }: Setup): string | null {
  const found = Object.hasOwn(networks, name) ? networks[name] : undefined
  return found === undefined ? null : `chain ${found.chainId}, Controller ${found.controller}`
}
