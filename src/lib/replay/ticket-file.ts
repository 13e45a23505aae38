import { closeSync, openSync, writeSync } from 'node:fs'

import { ConfigurationError } from '../errors.ts'
import { hideKeys } from '../text/hide-keys.ts'
import { layout } from '../tickets/validation/packed-tickets.ts'
import { toTicketLine } from '../tickets/ticket-lines.ts'
import { unpackTicket } from '../protocol/unpack-ticket.ts'

/** A new file of NDJSON that takes tickets as they are made. */
export interface TicketFile {
  /** @throws {ConfigurationError} FILE_NOT_WRITTEN */
  write(packed: Uint8Array): void
  close(): void
}

/** @throws {ConfigurationError} FILE_NOT_WRITTEN, also when there is a file of that name */
export function openTicketFile(path: string): TicketFile {
  const attempt = <T>(action: () => T): T => {
    try {
      return action()
    } catch (cause) {
      // A key may be in the place of the file.
      const name = hideKeys(path)
      throw new ConfigurationError('FILE_NOT_WRITTEN', `${name} cannot be written`, {
        details: { path: name },
        nextSteps: ['name a file that does not exist yet, in a folder where you may write'],
        cause,
      })
    }
  }
  const file = attempt(() => openSync(path, 'wx', 0o600))
  return {
    write(packed) {
      const lines = Array.from({ length: packed.length / layout.end }, (_, index) =>
        toTicketLine(unpackTicket(packed.subarray(index * layout.end, (index + 1) * layout.end))),
      )
      attempt(() => writeSync(file, lines.join('')))
    },
    close: () => closeSync(file),
  }
}
