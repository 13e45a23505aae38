import type { Address } from 'viem'

import { parseEndpoints } from '../chain/endpoint.ts'
import type { Network } from '../chain/network.ts'
import { UsageError, quoted } from '../errors.ts'
import { namedAddress } from './choose-account.ts'
import { chooseProfile, defaultUrls, loadSettings } from './load-settings.ts'
import type { Surroundings } from './load-settings.ts'
import { requireName } from './names.ts'
import { builtInNetworks } from './networks.ts'
import { absolutePath } from './paths.ts'
import type { CustomNetwork, Setting } from './settings.ts'

/** What `lp-pay init` writes: one profile, and the network if it is not built in. */
export interface Setup {
  readonly profile: string
  readonly network: Network
  readonly rpcUrls: readonly string[]
  /** An address, or the name of a devnet account; undefined when the profile names none. */
  readonly account: string | undefined
  /** Undefined for lp-pay's own folder. */
  readonly keystore: string | undefined
  readonly passwordFile: string | undefined
}

/** What is known of a setup before anybody is asked. */
export interface SetupDraft extends Omit<Setup, 'network'> {
  readonly network: Network | undefined
  /** True when the profile is in the file. */
  readonly exists: boolean
}

/** A network as flags describe it: both or neither. */
export interface NetworkFlags {
  readonly chainId: string | undefined
  readonly controller: Address | undefined
}

/**
 * Gathers what flags, variables and the profile in the file say. Defaults are left out: they are for proposing.
 *
 * @throws {UsageError} NAME_INVALID, NETWORK_BUILT_IN, CHAIN_ID_INVALID, and what loading the values throws
 */
export function draftSetup(surroundings: Surroundings, described: NetworkFlags): SetupDraft {
  const { flags, variables, file, dataFolder } = surroundings
  const profile = chooseProfile(surroundings).value
  requireName('profile', profile)
  const found = Object.hasOwn(file.profiles, profile) ? file.profiles[profile] : undefined
  const custom = describeNetwork(flags.network, described)
  const networks = custom === undefined ? file.networks : { ...file.networks, ...custom }
  const settings = loadSettings({
    flags: { ...flags, profile },
    variables,
    file: { ...file, networks, profiles: { ...file.profiles, [profile]: found ?? {} } },
    dataFolder,
  })
  const keystore = given(settings.keystoreFolder)
  const passwordFile = given(settings.passwordFile)
  return {
    profile,
    exists: found !== undefined,
    network: given(settings.network),
    rpcUrls: given(settings.rpcUrls) ?? [],
    account: given(settings.account),
    keystore: keystore && absolutePath(keystore),
    // Standard input is there for this run only.
    passwordFile: passwordFile === '-' ? undefined : passwordFile && absolutePath(passwordFile),
  }
}

/**
 * The setup of a draft in which nothing is missing.
 *
 * @throws {UsageError} SETUP_INCOMPLETE
 * @throws {ConfigurationError} RPC_URL_INVALID, ACCOUNT_UNKNOWN
 */
export function completeSetup({ network, rpcUrls, ...draft }: SetupDraft): Setup {
  if (network === undefined) throw incomplete('--network', 'arbitrum-one-mainnet')
  const urls = rpcUrls.length > 0 ? rpcUrls : defaultUrls(network)
  if (urls.length === 0) throw incomplete('--rpc-url', 'URL')
  const { profile, account, keystore, passwordFile } = draft
  parseEndpoints(urls, network.name)
  namedAddress(account, network)
  return { profile, network, rpcUrls: urls, account, keystore, passwordFile }
}

/**
 * Reads a chain id.
 *
 * @throws {UsageError} CHAIN_ID_INVALID
 */
export function parseChainId(text: string): number {
  const id = /^\d{1,16}$/.test(text.trim()) ? Number(text) : 0
  if (id > 0 && Number.isSafeInteger(id)) return id
  throw new UsageError('CHAIN_ID_INVALID', `${quoted(text)} is not a chain id: it is a whole number`, {
    nextSteps: ['lp-pay init --chain-id 42161'],
  })
}

/**
 * Refuses a name for a network of the user's own that could not be told from another.
 *
 * @throws {UsageError} NAME_INVALID, NETWORK_BUILT_IN
 */
export function requireNetworkName(name: string): void {
  requireName('network', name)
  if (!builtInNetworks.some((network) => network.name === name)) return
  throw new UsageError('NETWORK_BUILT_IN', `${name} is built in and cannot be described anew`, {
    nextSteps: ['choose another name for your network'],
  })
}

function describeNetwork(
  name: string | undefined,
  { chainId, controller }: NetworkFlags,
): Record<string, CustomNetwork> | undefined {
  if (chainId === undefined && controller === undefined) return undefined
  if (name === undefined || chainId === undefined || controller === undefined) {
    throw new UsageError(
      'SETUP_INCOMPLETE',
      'a network of your own needs --network, --chain-id and --controller',
      {
        nextSteps: ['lp-pay init --network NAME --chain-id ID --controller ADDRESS'],
      },
    )
  }
  requireNetworkName(name)
  return { [name]: { chainId: parseChainId(chainId), controller } }
}

function given<Value>({ value, source }: Setting<Value>): Value | undefined {
  return source === 'default' ? undefined : value
}

function incomplete(flag: string, example: string): UsageError {
  return new UsageError('SETUP_INCOMPLETE', `${flag} is missing, and nobody is asked`, {
    nextSteps: [`${flag} ${example}`],
  })
}
