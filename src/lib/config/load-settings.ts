import { join } from 'node:path'

import { parseAddress } from '../account/address.ts'
import { arbitrumOne } from '../chain/network.ts'
import type { Network } from '../chain/network.ts'
import { devnet, defaultDevnetPort } from '../devnet/network.ts'
import { ConfigurationError, UsageError } from '../errors.ts'
import { closest } from '../text/closest.ts'
import { parseDuration } from '../units/duration.ts'
import { parseWei } from '../units/wei.ts'
import type { ConfigFile, FlagValues, Profile, ProfileKey, Setting, Settings } from './settings.ts'

export interface Surroundings {
  readonly flags: FlagValues
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly file: ConfigFile
  /** Where lp-pay keeps its own data; keystores by default. */
  readonly dataFolder: string
}

const builtInNetworks: readonly Network[] = [arbitrumOne, devnet]

/**
 * Puts together what flags, `LP_PAY_*` variables, the file and the defaults say, in that order.
 * A profile's other values belong to its network: they are left out when another network is chosen over it.
 *
 * @throws {ConfigurationError} PROFILE_UNKNOWN, NETWORK_UNKNOWN
 * @throws {UsageError} when a value cannot be understood
 */
export function loadSettings(surroundings: Surroundings): Settings {
  const profileName = pick(
    surroundings,
    'profile',
    surroundings.file['default-profile'],
    'default-profile',
    'default',
  )
  const profile = findProfile(surroundings.file, profileName)
  const from = `profile ${profileName.value}`
  const networkName = pick(surroundings, 'network', profile.network, from, arbitrumOne.name)
  const network = map(networkName, (name) => findNetwork(name, surroundings.file))
  const belongs = profile.network === undefined || profile.network === network.value.name
  const value = <Default extends string | undefined>(
    key: Exclude<ProfileKey, 'rpc-urls'>,
    otherwise: Default,
  ) => pick(surroundings, key, belongs ? profile[key] : undefined, from, otherwise)

  const onDevnet = network.value.name === devnet.name
  return {
    profile: profileName,
    network,
    rpcUrls: pickUrls(surroundings, belongs ? profile : {}, from, onDevnet),
    account: map(value('account', onDevnet ? 'gateway-1' : undefined), (text) => text && parseAccount(text)),
    keystoreFolder: value('keystore', join(surroundings.dataFolder, 'keystore')),
    passwordFile: value('password-file', undefined),
    maxFeePerGasWei: map(
      value('max-fee-per-gas', undefined),
      (text) => text && parseWei(text, { defaultUnit: 'gwei' }),
    ) as Setting<bigint | undefined>,
    confirmations: map(value('confirmations', String(network.value.confirmations)), parseConfirmations),
    timeoutSeconds: map(value('timeout', '5m'), parseDuration),
  }
}

/** The variable that stands for a setting: `rpc-urls` is LP_PAY_RPC_URL, as the flag is --rpc-url. */
export function variableFor(key: ProfileKey | 'profile'): string {
  return `LP_PAY_${flagFor(key).slice(2).toUpperCase().replaceAll('-', '_')}`
}

function flagFor(key: ProfileKey | 'profile'): string {
  return key === 'rpc-urls' ? '--rpc-url' : `--${key}`
}

function pick<Default extends string | undefined>(
  { flags, variables }: Surroundings,
  key: Exclude<ProfileKey, 'rpc-urls'> | 'profile',
  inFile: string | undefined,
  fileOrigin: string,
  otherwise: Default,
): Setting<string | Default> {
  const flag = flags[key]
  if (flag !== undefined) return { value: flag, source: 'flag', origin: flagFor(key) }
  const variable = variables[variableFor(key)]
  if (variable !== undefined && variable !== '')
    return { value: variable, source: 'variable', origin: variableFor(key) }
  if (inFile !== undefined) return { value: inFile, source: 'file', origin: fileOrigin }
  return { value: otherwise, source: 'default', origin: 'built in' }
}

function pickUrls(
  { flags, variables }: Surroundings,
  profile: Profile,
  from: string,
  onDevnet: boolean,
): Settings['rpcUrls'] {
  const given = flags['rpc-urls']
  if (given !== undefined && given.length > 0)
    return { value: given, source: 'flag', origin: flagFor('rpc-urls') }
  const name = variableFor('rpc-urls')
  const listed = (variables[name] ?? '').split(/[\s,]+/).filter((url) => url !== '')
  if (listed.length > 0) return { value: listed, source: 'variable', origin: name }
  const inFile = profile['rpc-urls'] ?? []
  if (inFile.length > 0) return { value: inFile, source: 'file', origin: from }
  return {
    value: onDevnet ? [`http://127.0.0.1:${String(defaultDevnetPort)}`] : [],
    source: 'default',
    origin: 'built in',
  }
}

function findProfile(file: ConfigFile, name: Setting<string>): Profile {
  const found = Object.hasOwn(file.profiles, name.value) ? file.profiles[name.value] : undefined
  if (found !== undefined) return found
  if (name.source === 'default') return {}
  const names = Object.keys(file.profiles)
  const like = closest(name.value, names)
  throw new ConfigurationError(
    'PROFILE_UNKNOWN',
    `there is no profile "${name.value}" in the configuration`,
    {
      details: { profile: name.value, profiles: names },
      nextSteps: [
        like === undefined
          ? `make it: lp-pay init --profile ${name.value}`
          : `did you mean --profile ${like}?`,
      ],
    },
  )
}

/** @throws {ConfigurationError} NETWORK_UNKNOWN */
export function findNetwork(name: string, file: ConfigFile): Network {
  const builtIn = builtInNetworks.find((network) => network.name === name)
  if (builtIn !== undefined) return builtIn
  const custom = Object.hasOwn(file.networks, name) ? file.networks[name] : undefined
  if (custom !== undefined) {
    const { chainId, controller, local = false } = custom
    return { name, chainId, controller, local, confirmations: local ? 1 : arbitrumOne.confirmations }
  }
  const names = [...builtInNetworks.map((network) => network.name), ...Object.keys(file.networks)]
  const like = closest(name, names)
  throw new ConfigurationError('NETWORK_UNKNOWN', `there is no network "${name}"`, {
    details: { network: name, networks: names },
    nextSteps: [
      like === undefined ? `choose one of: ${names.join(', ')}` : `did you mean --network ${like}?`,
    ],
  })
}

function parseAccount(text: string): string {
  return text.startsWith('0x') ? parseAddress(text) : text
}

function parseConfirmations(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > 1000) {
    throw new UsageError(
      'CONFIRMATIONS_INVALID',
      `"${text}" is not a number of confirmations from 1 to 1000`,
      {
        nextSteps: ['--confirmations 3'],
      },
    )
  }
  return count
}

function map<From, To>(setting: Setting<From>, change: (value: From) => To): Setting<To> {
  return { ...setting, value: change(setting.value) }
}
