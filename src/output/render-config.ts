import type { ConfigReport } from '../lib/config/describe-config.ts'
import type { SettingChange } from '../lib/config/set-setting.ts'
import { sanitize } from '../lib/text/sanitize.ts'
import { out } from './style.ts'
import { renderTable } from './table.ts'

export function renderConfig({ path, exists, profiles, settings }: ConfigReport): string {
  const rows = settings.map(({ name, value, origin }) => [name, sanitize(value ?? '-'), sanitize(origin)])
  const file = exists ? path : `${path} (not there yet: lp-pay init)`
  return [
    renderTable(['setting', 'value', 'from'], rows),
    '',
    ...(profiles.length > 0 ? [`profiles: ${profiles.map(sanitize).join(', ')}`] : []),
    `file: ${file}`,
  ].join('\n')
}

export function renderSettingChange({ path, key, profile, before, after, changed }: SettingChange): string {
  const what = profile === null ? key : `${key} of profile ${profile}`
  if (!changed) {
    return `nothing to do: ${what} ${after === null ? 'is not set' : `is ${sanitize(after)}`}`
  }
  const change = [before, after].map((value) => (value === null ? '-' : sanitize(value))).join(' -> ')
  return `${what}: ${change}\n${out.dim(`file: ${path}`)}`
}
