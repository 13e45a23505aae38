import type { Stats } from 'node:fs'

/** Whether this system has owners and permission bits that mean anything; Windows has neither. */
export const hasPermissionBits = process.platform !== 'win32'

/** True if the current user or root owns it: nobody else can change its permissions back. */
export function isOwnedByUserOrRoot({ uid }: Stats): boolean {
  return !hasPermissionBits || uid === 0 || uid === process.getuid?.()
}

/** True if the group or everyone may do anything with it. */
export function isOpenToOthers({ mode }: Stats): boolean {
  return hasPermissionBits && (mode & 0o077) !== 0
}

/** True if others may replace what is in a folder; the sticky bit (as of /tmp) keeps them from it. */
export function isWritableByOthers({ mode }: Stats): boolean {
  return hasPermissionBits && (mode & 0o022) !== 0 && (mode & 0o1000) === 0
}

/** Permission bits as `chmod` takes them: 0644. */
export function formatMode({ mode }: Stats): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}
