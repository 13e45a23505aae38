import { join } from 'node:path'

import { parseAddress } from '../account/address.ts'
import { arbitrumOne } from '../chain/network.ts'
import type { Network } from '../chain/network.ts'
import { devnet, defaultDevnetPort } from '../devnet/network.ts'
import { ConfigurationError, LpPayError, UsageError, quoted } from '../errors.ts'
import { parseNodeUrl } from '../node/node-url.ts'
import { isPostgresUrl, parseStoreLocation } from '../store/store-location.ts'
import { closest } from '../text/closest.ts'
import { parseDuration } from '../units/duration.ts'
import { parseWei } from '../units/wei.ts'
import { findNetwork } from './networks.ts'
import { expandHome } from './paths.ts'
import type { ConfigFile, FlagValues, Profile, ProfileKey, Setting, Settings } from './settings.ts'

export interface Surroundings {
  readonly flags: FlagValues
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly file: ConfigFile
  /** Where lp-pay keeps its own data; keystores and tickets by default. */
  readonly dataFolder: string
}

/**
 * Puts together what flags, `LP_PAY_*` variables, the file and the defaults say, in that order.
 * A profile's other values belong to its network: they are left out when another network is chosen over it.
 *
 * @throws {ConfigurationError} PROFILE_UNKNOWN, NETWORK_UNKNOWN
 * @throws {UsageError} when a value cannot be understood
 */
export function loadSettings(surroundings: Surroundings): Settings {
  const profileName = chooseProfile(surroundings)
  const profile = findProfile(surroundings.file, profileName)
  const from = `profile ${profileName.value}`
  const networkName = pick(surroundings, 'network', profile.network, from, arbitrumOne.name)
  const network = map('network', networkName, (name) => findNetwork(name, surroundings.file))
  const belongs = profile.network === undefined || profile.network === network.value.name
  const value = <Default extends string | undefined>(
    key: Exclude<ProfileKey, 'rpc-urls'>,
    otherwise: Default,
  ) => pick(surroundings, key, belongs ? profile[key] : undefined, from, otherwise)

  const onDevnet = network.value.name === devnet.name
  return {
    profile: profileName,
    network,
    rpcUrls: pickUrls(surroundings, belongs ? profile : {}, from, network.value),
    account: map(
      'account',
      value('account', onDevnet ? 'gateway-1' : undefined),
      (text) => text && parseAccount(text),
    ),
    keystoreFolder: map('keystore', value('keystore', join(surroundings.dataFolder, 'keystore')), expandHome),
    passwordFile: map('password-file', value('password-file', undefined), (text) => text && expandHome(text)),
    maxFeePerGasWei: map('max-fee-per-gas', value('max-fee-per-gas', undefined), (text) =>
      text === undefined ? undefined : parseWei(text, { defaultUnit: 'gwei' }),
    ),
    confirmations: map(
      'confirmations',
      value('confirmations', String(network.value.confirmations)),
      parseConfirmations,
    ),
    timeoutSeconds: map('timeout', value('timeout', '5m'), parseDuration),
    store: map('store', value('store', defaultStore(surroundings.dataFolder, network.value)), parseStore),
    spendPerHourWei: map('spend', value('spend', undefined), (text) =>
      // As lp-pay simulate takes it too.
      text === undefined ? undefined : parseWei(text.replace(/\s*\/\s*hour$/i, '')),
    ),
    node: map('node', value('node', undefined), (text) => {
      if (text !== undefined) parseNodeUrl(text)
      return text
    }),
  }
}

/** The profile in effect, whether or not the file has it. */
export function chooseProfile({ flags, variables, file }: Omit<Surroundings, 'dataFolder'>): Setting<string> {
  return pick({ flags, variables }, 'profile', file['default-profile'], 'default-profile', 'default')
}

/** The variable that stands for a setting: `rpc-urls` is LP_PAY_RPC_URL, as the flag is --rpc-url. */
export function variableFor(key: ProfileKey | 'profile'): string {
  return `LP_PAY_${flagFor(key).slice(2).toUpperCase().replaceAll('-', '_')}`
}

function flagFor(key: ProfileKey | 'profile'): string {
  return key === 'rpc-urls' ? '--rpc-url' : `--${key}`
}

function pick<Default extends string | undefined>(
  { flags, variables }: Pick<Surroundings, 'flags' | 'variables'>,
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
  network: Network,
): Settings['rpcUrls'] {
  const given = flags['rpc-urls']
  if (given !== undefined && given.length > 0)
    return { value: given, source: 'flag', origin: flagFor('rpc-urls') }
  const name = variableFor('rpc-urls')
  const listed = (variables[name] ?? '').split(/[\s,]+/).filter((url) => url !== '')
  if (listed.length > 0) return { value: listed, source: 'variable', origin: name }
  const inFile = profile['rpc-urls'] ?? []
  if (inFile.length > 0) return { value: inFile, source: 'file', origin: from }
  return { value: defaultUrls(network), source: 'default', origin: 'built in' }
}

/** Where a network is found when nothing is said: only the devnet has a usual place. */
export function defaultUrls({ name }: Network): readonly string[] {
  return name === devnet.name ? [`http://127.0.0.1:${String(defaultDevnetPort)}`] : []
}

/**
 * A profile of the file. The built-in default need not be there.
 *
 * @throws {ConfigurationError} PROFILE_UNKNOWN
 */
export function findProfile(
  file: Pick<ConfigFile, 'profiles'>,
  name: Pick<Setting<string>, 'value' | 'source'>,
): Profile {
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

/** Tickets of another network are other tickets. */
function defaultStore(dataFolder: string, { name }: Network): string {
  return join(dataFolder, 'tickets', `${encodeURIComponent(name)}.sqlite3`)
}

function parseStore(text: string): string {
  const where = parseStoreLocation(text)
  return isPostgresUrl(where) ? where : expandHome(where)
}

function parseAccount(text: string): string {
  return text.startsWith('0x') ? parseAddress(text) : text
}

function parseConfirmations(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > 1000) {
    throw new UsageError(
      'CONFIRMATIONS_INVALID',
      `${quoted(text)} is not a number of confirmations from 1 to 1000`,
      {
        nextSteps: ['--confirmations 3'],
      },
    )
  }
  return count
}

/** Understands a setting's text. What is wrong with it is said with its name unless it was just typed. */
function map<From, To>(key: ProfileKey, setting: Setting<From>, change: (value: From) => To): Setting<To> {
  try {
    return { ...setting, value: change(setting.value) }
  } catch (error) {
    if (!(error instanceof LpPayError) || setting.source === 'flag' || setting.source === 'default')
      throw error
    const name = setting.source === 'file' ? `${key} of ${setting.origin}` : setting.origin
    throw new ConfigurationError(error.code, `${name}: ${error.message}`, {
      details: { ...error.details, setting: key },
      nextSteps: error.nextSteps,
      cause: error,
    })
  }
}
