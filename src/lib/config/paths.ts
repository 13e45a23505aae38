import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** A path whose `~` no shell has expanded, as in a file or at a prompt. */
export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path
}

/** A path that means the same from any folder, for keeping it; `-` is standard input, not a path. */
export function absolutePath(path: string): string {
  return path === '-' ? path : resolve(expandHome(path))
}
