import { stat } from 'node:fs/promises'

import type { ImportResult } from '../../tickets/import-source.ts'

/** A source is read again after this time even when its file looks the same. */
const readAgainAfterMs = 10 * 60_000

/**
 * Takes a source in again when its file has changed, and now and then anyway. Standard input is taken in once.
 *
 * @param path of the source; `-` is standard input
 * @returns what was taken in; undefined when there was nothing to look at
 */
export function followSource(
  path: string,
  takeIn: () => Promise<ImportResult>,
): () => Promise<ImportResult | undefined> {
  let seen: string | undefined
  let readAt = -Infinity
  return async () => {
    if (path === '-' && seen !== undefined) return undefined
    // Looked at first: what is written while it is read is found the next time.
    const now = path === '-' ? 'read' : await looksOf(path)
    const isDue = path !== '-' && performance.now() - readAt >= readAgainAfterMs
    if (now === seen && !isDue) return undefined
    const result = await takeIn()
    seen = now
    readAt = performance.now()
    return result
  }
}

/** What changes when a file, or a database in it, is written to. */
async function looksOf(path: string): Promise<string> {
  const files = [path, `${path}-wal`, `${path}-journal`]
  const looks = await Promise.all(
    files.map((file) =>
      stat(file, { bigint: true }).then(
        ({ mtimeNs, size, ino }) => [mtimeNs, size, ino].join(' '),
        () => 'absent',
      ),
    ),
  )
  return looks.join('; ')
}
