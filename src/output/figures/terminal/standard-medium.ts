import { out } from '../../style.ts'
import type { Medium } from './canvas.ts'

const [narrowest, widest] = [40, 100]

/** What standard output shows. Where the locale does not name UTF-8, signs beyond ASCII may come out as anything. */
export function standardMedium(): Omit<Medium, 'height'> {
  const { env, platform, stdout } = process
  const locale =
    [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((name) => name !== undefined && name !== '') ?? ''
  const isWindowsTerminal = env['WT_SESSION'] !== undefined || env['TERM_PROGRAM'] !== undefined
  return {
    width: Math.min(widest, Math.max(narrowest, stdout.isTTY ? stdout.columns : 80)),
    colour: out.level > 0,
    unicode: env['TERM'] !== 'dumb' && (platform === 'win32' ? isWindowsTerminal : /utf-?8/i.test(locale)),
  }
}
