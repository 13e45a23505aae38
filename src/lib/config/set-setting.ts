import { isDeepStrictEqual } from 'node:util'

import { parseEndpoints } from '../chain/endpoint.ts'
import { UsageError } from '../errors.ts'
import { showStoreLocation } from '../store/store-location.ts'
import { closest } from '../text/closest.ts'
import { originOf } from '../text/redact-urls.ts'
import { namedAddress } from './choose-account.ts'
import { planEdit, writeEdit } from './edit-config.ts'
import type { ConfigEdit } from './edit-config.ts'
import { chooseProfile, findProfile, loadSettings } from './load-settings.ts'
import type { Surroundings } from './load-settings.ts'
import { requireName } from './names.ts'
import { absolutePath } from './paths.ts'
import { profileKeys } from './settings.ts'
import type { ConfigFile, FlagValues, ProfileKey } from './settings.ts'

/** What `config set` takes: a profile's settings, and which profile is used when none is named. */
export type SettingKey = ProfileKey | 'default-profile'

/** Where a setting is kept. */
export interface SettingPlace {
  readonly configFile: string
  readonly dataFolder: string
  readonly flags: Pick<FlagValues, 'profile'>
  readonly variables: Surroundings['variables']
}

/** What became of a setting, as it may be shown: no path or query of a URL. */
export interface SettingChange {
  readonly path: string
  readonly key: SettingKey
  /** Null for what is not part of a profile. */
  readonly profile: string | null
  readonly before: string | null
  readonly after: string | null
  /** False when the file was like this already. */
  readonly changed: boolean
}

/**
 * Writes a setting to the configuration file, if a command would take it.
 *
 * @throws {UsageError} NAME_INVALID, VALUE_MISSING, VALUE_SURPLUS, and what loading it would throw
 * @throws {ConfigurationError} CONFIG_INVALID, CONFIG_NOT_PRIVATE, NETWORK_UNKNOWN, PROFILE_UNKNOWN, RPC_URL_INVALID,
 * FILE_NOT_WRITTEN
 */
export async function setSetting(
  place: SettingPlace,
  key: SettingKey,
  values: readonly string[],
): Promise<SettingChange> {
  const kept = toKept(key, values)
  const edit = await planEdit(place.configFile, (file) => {
    const profile = profileIn(place, file)
    if (key !== 'default-profile') requireName('profile', profile)
    return [{ where: whereIs(key, profile), value: kept }]
  })
  requireLoadable(edit, place, key, kept)
  await writeEdit(edit)
  return describeChange(edit, place, key)
}

/**
 * Takes a setting out of the configuration file, so that the default holds again.
 *
 * @throws {ConfigurationError} as {@link setSetting}
 */
export async function unsetSetting(
  place: SettingPlace,
  key: SettingKey,
  values: readonly string[] = [],
): Promise<SettingChange> {
  if (values.length > 0) {
    throw new UsageError('VALUE_SURPLUS', `a value and --unset exclude each other`, {
      nextSteps: [`lp-pay config set ${key} VALUE, or lp-pay config set ${key} --unset`],
    })
  }
  const edit = await planEdit(place.configFile, (file) => {
    const profile = profileIn(place, file)
    if (key !== 'default-profile') findProfile(file, { value: profile, source: 'flag' })
    return [{ where: whereIs(key, profile), value: undefined }]
  })
  await writeEdit(edit)
  return describeChange(edit, place, key)
}

/** @throws {UsageError} SETTING_UNKNOWN */
export function parseSettingKey<const Others extends string>(
  text: string,
  others: readonly Others[],
): ProfileKey | Others {
  const keys = [...profileKeys, ...others]
  const found = keys.find((key) => key === text)
  if (found !== undefined) return found
  const like = closest(text, keys)
  throw new UsageError('SETTING_UNKNOWN', `there is no setting "${text}"`, {
    details: { settings: keys },
    nextSteps: [like === undefined ? `choose one of: ${keys.join(', ')}` : `did you mean ${like}?`],
  })
}

function whereIs(key: SettingKey, profile: string): [string, ...string[]] {
  return key === 'default-profile' ? [key] : ['profiles', profile, key]
}

/** The value as it is kept: paths that mean the same from any folder. */
function toKept(key: SettingKey, values: readonly string[]): string | readonly string[] {
  const [value, ...surplus] = values
  if (value === undefined || value === '') {
    throw new UsageError('VALUE_MISSING', `${key} needs a value`, {
      nextSteps: [`lp-pay config set ${key} VALUE, or lp-pay config set ${key} --unset`],
    })
  }
  if (key === 'rpc-urls') return values
  if (surplus.length > 0) {
    throw new UsageError('VALUE_SURPLUS', `${key} takes one value, these are ${values.length}`, {
      nextSteps: ['put a value that has spaces in quotes'],
    })
  }
  if (key === 'keystore' || key === 'password-file') return absolutePath(value)
  if (key === 'store' && !value.includes('://')) return absolutePath(value)
  return value
}

/** The value is understood as if it came with the command line, so that an error is about what was typed. */
function requireLoadable(
  { before, after }: ConfigEdit,
  place: SettingPlace,
  key: SettingKey,
  kept: string | readonly string[],
): void {
  const flags =
    key === 'default-profile' && typeof kept === 'string'
      ? { profile: kept }
      : { profile: profileIn(place, before), [key]: kept }
  const settings = loadSettings({ flags, variables: {}, file: after, dataFolder: place.dataFolder })
  if (key === 'rpc-urls') parseEndpoints(settings.rpcUrls.value, settings.network.value.name)
  if (key === 'account') namedAddress(settings.account.value, settings.network.value)
}

function profileIn({ flags, variables }: SettingPlace, file: ConfigFile): string {
  return chooseProfile({ flags, variables, file }).value
}

function describeChange(
  { path, before, after }: ConfigEdit,
  place: SettingPlace,
  key: SettingKey,
): SettingChange {
  const profile = key === 'default-profile' ? null : profileIn(place, before)
  const shown = (file: ConfigFile) =>
    profile === null ? (file['default-profile'] ?? null) : shownValue(file, profile, key as ProfileKey)
  const changed = !isDeepStrictEqual(before, after)
  return { path, key, profile, ...showChange(shown(before), shown(after), changed), changed }
}

/** A change as it may be shown: two URLs may differ in nothing but what is hidden. */
export function showChange(
  before: string | null,
  after: string | null,
  changed: boolean,
): { readonly before: string | null; readonly after: string | null } {
  return { before, after: changed && before === after ? `${String(after)} (another path)` : after }
}

/** A value of a profile as it may be shown: no path or query of a URL. */
export function shownValue(file: ConfigFile, profile: string, key: ProfileKey): string | null {
  const value = Object.hasOwn(file.profiles, profile) ? file.profiles[profile]?.[key] : undefined
  if (typeof value === 'object') return value.map(originOf).join(', ')
  if (value === undefined) return null
  if (key === 'node') return originOf(value)
  return key === 'store' ? showStoreLocation(value) : value
}
