import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

import { ConfigurationError } from '../errors.ts'
import { sanitize } from '../text/sanitize.ts'
import type { Reject } from './sources/ticket-source.ts'

/** A file in NDJSON that tells what an import did not take. */
export interface RejectFile {
  readonly path: string
  /** How many were written. */
  readonly count: number
  /** @throws {ConfigurationError} FILE_NOT_WRITTEN */
  write(reject: Reject): Promise<void>
  /** @throws {ConfigurationError} FILE_NOT_WRITTEN */
  close(): Promise<void>
}

const bufferedCharacters = 64 * 1024
const longestReason = 200

/**
 * Writes each reject as a line `{"line":7,"reason":".."}`, with `item` or `row` in the place of `line` where the source
 * has no lines. The file is made, in the place of one of that name, by the first reject: without any there is none.
 */
export function openRejectFile(path: string): RejectFile {
  let file: FileHandle | undefined
  let text = ''
  let count = 0

  async function flush(): Promise<void> {
    try {
      file ??= await open(path, 'w', 0o600)
      await file.writeFile(text)
      text = ''
    } catch (cause) {
      throw new ConfigurationError('FILE_NOT_WRITTEN', `${path} cannot be written`, {
        details: { path },
        nextSteps: [
          'check that the folder exists, that you may write there and that the disk has space left',
        ],
        cause,
      })
    }
  }

  return {
    path,
    get count() {
      return count
    },
    async write({ place, reason }) {
      text += `${JSON.stringify({ [place.kind]: place.number, reason: sanitize(reason).slice(0, longestReason) })}\n`
      count++
      if (text.length > bufferedCharacters) await flush()
    },
    async close() {
      if (text !== '') await flush()
      await file?.close()
    },
  }
}
