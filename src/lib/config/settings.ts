import type { Address } from 'viem'

import type { Network } from '../chain/network.ts'

/** Where a value comes from, strongest first. */
export type Source = 'flag' | 'variable' | 'file' | 'default'

export interface Setting<Value> {
  readonly value: Value
  readonly source: Source
  /** The flag, the variable, the profile, or `built in`. */
  readonly origin: string
}

/** Everything that a command may need to know of its surroundings, each value with its source. */
export interface Settings {
  readonly profile: Setting<string>
  readonly network: Setting<Network>
  readonly rpcUrls: Setting<readonly string[]>
  /** An address, or the name of a devnet account. */
  readonly account: Setting<string | undefined>
  readonly keystoreFolder: Setting<string>
  readonly passwordFile: Setting<string | undefined>
  /** wei a gas */
  readonly maxFeePerGasWei: Setting<bigint | undefined>
  readonly confirmations: Setting<number>
  readonly timeoutSeconds: Setting<number>
  /** The path of an SQLite file, or the URL of a PostgreSQL database, which may hold a password. */
  readonly store: Setting<string>
  /** wei an hour that streams spend, to say how long a deposit lasts */
  readonly spendPerHourWei: Setting<bigint | undefined>
  /** Where the local interface of a go-livepeer node listens; its URL may hold a password. */
  readonly node: Setting<string | undefined>
}

/** The texts that a profile in the file may hold; the same names serve `lp-pay config set`. */
export const profileKeys = [
  'network',
  'rpc-urls',
  'account',
  'keystore',
  'password-file',
  'max-fee-per-gas',
  'confirmations',
  'timeout',
  'store',
  'spend',
  'node',
] as const
export type ProfileKey = (typeof profileKeys)[number]

export type Profile = Partial<Record<Exclude<ProfileKey, 'rpc-urls'>, string>> & {
  readonly 'rpc-urls'?: readonly string[]
}

/** A network that the user has described himself. */
export interface CustomNetwork {
  readonly chainId: number
  readonly controller: Address
  readonly local?: boolean
}

/** What the configuration file holds. */
export interface ConfigFile {
  readonly 'default-profile'?: string
  readonly profiles: Readonly<Record<string, Profile>>
  readonly networks: Readonly<Record<string, CustomNetwork>>
}

/** The values that came with the command line, as texts; absent when not given. */
export type FlagValues = Readonly<
  Partial<Record<Exclude<ProfileKey, 'rpc-urls'> | 'profile', string | undefined>>
> & { readonly 'rpc-urls'?: readonly string[] | undefined }
