import { readConfigText } from './config-file.ts'
import { describeSettings } from './describe-settings.ts'
import type { SettingReport } from './describe-settings.ts'
import { parseConfig } from './parse-config.ts'
import type { Settings } from './settings.ts'

/** The configuration file, and what is in effect. */
export interface ConfigReport {
  readonly path: string
  /** False until something is written to it. */
  readonly exists: boolean
  readonly profiles: readonly string[]
  readonly settings: readonly SettingReport[]
}

/**
 * What the configuration amounts to.
 *
 * @throws {ConfigurationError} CONFIG_INVALID, CONFIG_NOT_PRIVATE, CONFIG_UNREADABLE
 */
export async function describeConfig(path: string, settings: Settings): Promise<ConfigReport> {
  const text = await readConfigText(path)
  return {
    path,
    exists: text !== undefined,
    profiles: Object.keys(parseConfig(text ?? '', path).profiles),
    settings: describeSettings(settings),
  }
}
