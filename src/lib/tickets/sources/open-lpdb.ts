import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'

import { ConfigurationError } from '../../errors.ts'
import { errnoOf } from '../../files/errno.ts'
import { sanitize } from '../../text/sanitize.ts'
import { tryItem } from './parse-ticket-text.ts'
import type { SourceChunk, SourceItem, TicketSource } from './ticket-source.ts'

/** The version of go-livepeer's database that is read here: it has had no other. */
const knownVersion = 1n

/**
 * So few rows are read at once that the node, which shares its file with readers, never waits long for its own writes.
 */
const rowsPerPage = 1000

/** The node holds its lock for milliseconds; twenty seconds are for a machine in trouble. */
const tries = 80
const waitMs = 250

/**
 * Each column only as what go-livepeer stores there; what is longer than a field of a ticket is not even loaded, and
 * shows as a value that no ticket can have.
 */
const columns = [
  ...['recipient', 'sender', 'recipientRandHash', 'creationRoundBlockHash'].map((name) =>
    only(name, 'text', `iif(length(${name}) > 66, 'long', ${name})`),
  ),
  ...['faceValue', 'winProb', 'recipientRand', 'sig'].map((name) =>
    only(name, 'blob', `iif(length(${name}) > 65, zeroblob(66), ${name})`),
  ),
  ...['senderNonce', 'creationRound'].map((name) => only(name, 'integer', name)),
]

function only(name: string, type: string, value: string): string {
  return `CASE typeof(${name}) WHEN '${type}' THEN ${value} END AS ${name}`
}

const pageQuery = `SELECT rowid AS row, ${columns.join(', ')} FROM ticketQueue WHERE rowid > ? ORDER BY rowid LIMIT ${String(rowsPerPage)}`

/**
 * The tickets that a go-livepeer orchestrator has kept: all of them, because the node marks a redemption that reverted,
 * or was never mined, as redeemed; the chain knows better. The file is opened read-only, and may be in use by the node.
 *
 * @throws {ConfigurationError} LPDB_TOO_NEW, LPDB_WITHOUT_TICKETS, LPDB_BUSY, LPDB_UNREADABLE
 */
export async function openLpdb(path: string): Promise<TicketSource> {
  const { DatabaseSync } = await import('@photostructure/sqlite')
  const database = await reading(path, () => {
    const opened = new DatabaseSync(path, { readOnly: true, readBigInts: true, timeout: waitMs })
    opened.exec('PRAGMA trusted_schema = OFF')
    return opened
  })
  try {
    const { size, chainId } = await reading(path, () => describe(database, path))
    return {
      format: 'lpdb',
      size,
      chainId,
      chunks: () => readPages(database, path),
      close: () => {
        database.close()
        return Promise.resolve()
      },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

async function* readPages(database: DatabaseSyncInstance, path: string): AsyncIterable<SourceChunk> {
  const page = await reading(path, () => database.prepare(pageQuery))
  let last = -(2n ** 63n)
  for (let position = 0; ;) {
    const rows = await reading(path, () => page.all(last).map(readRow))
    if (rows.length === 0) return
    position += rows.length
    last = rows.at(-1)?.rowid ?? last
    yield { items: rows.map(({ item }) => item), position }
  }
}

type Row = Readonly<Record<string, unknown>>

function readRow(row: Row): { rowid: bigint; item: SourceItem } {
  const rowid = typeof row['row'] === 'bigint' ? row['row'] : 0n
  const fields = Object.entries(row).map(([name, value]) => [name, asText(value)])
  return { rowid, item: tryItem({ kind: 'row', number: Number(rowid) }, () => Object.fromEntries(fields)) }
}

/** Integers are big-endian bytes without leading zeros, none at all for zero; a signature is its 65 bytes. */
function asText(value: unknown): unknown {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex') || '0'}`
  return typeof value === 'bigint' ? value.toString() : value
}

function describe(
  database: DatabaseSyncInstance,
  path: string,
): { size: number; chainId: bigint | undefined } {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('kv', 'ticketQueue')")
    .all()
  if (tables.length !== 2) {
    throw new ConfigurationError('LPDB_WITHOUT_TICKETS', `${path} is a database, but not go-livepeer's`, {
      details: { path },
      nextSteps: ["give the node's lpdb.sqlite3, or a file in NDJSON, JSON or CSV"],
    })
  }
  const version = readKey(database, 'dbVersion')
  if (version === undefined || version > knownVersion) {
    throw new ConfigurationError(
      'LPDB_TOO_NEW',
      `${path} is of a version of go-livepeer's database that lp-pay does not know`,
      {
        details: { path, version: version ?? null, known: knownVersion },
        nextSteps: ['see whether there is a newer lp-pay'],
      },
    )
  }
  const { rows } = database.prepare('SELECT count(*) AS rows FROM ticketQueue').get() as { rows: bigint }
  return { size: Number(rows), chainId: readKey(database, 'chainID') }
}

/** The column is declared STRING, which makes integers of digits. */
function readKey(database: DatabaseSyncInstance, key: string): bigint | undefined {
  const row = database
    .prepare('SELECT CAST(substr(value, 1, 20) AS TEXT) AS value FROM kv WHERE key = ?')
    .get(key) as Row | undefined
  const value = row?.['value']
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : undefined
}

/** Tries again while the node writes, and says what is wrong with the file. */
async function reading<Result>(path: string, read: () => Result): Promise<Result> {
  for (let left = tries; ; left--) {
    try {
      return read()
    } catch (error) {
      if (!isSqliteError(error)) throw error
      if (isBusy(error) && left > 1) await wait(waitMs)
      else throw unreadable(path, error)
    }
  }
}

interface SqliteError extends Error {
  /** SQLite's number for what went wrong, absent from some errors of the driver. */
  readonly errcode?: unknown
}

function isSqliteError(error: unknown): error is SqliteError {
  return errnoOf(error) === 'ERR_SQLITE_ERROR'
}

function isBusy({ errcode, message }: SqliteError): boolean {
  return errcode === 5 || errcode === 6 || message === 'database is locked'
}

function unreadable(path: string, error: SqliteError): ConfigurationError {
  const facts = { details: { path }, cause: error }
  if (isBusy(error)) {
    return new ConfigurationError('LPDB_BUSY', `${path} is locked by another program`, {
      ...facts,
      nextSteps: ['try again, or give a copy of the file'],
    })
  }
  // A program that stopped in the middle of a write has left a journal, which only a writer can roll back.
  if (error.errcode === 8) {
    return new ConfigurationError('LPDB_UNREADABLE', `${path} was left in the middle of a write`, {
      ...facts,
      nextSteps: [
        'start the node once: it repairs the file',
        `copy the file and ${basename(path)}-journal, and open the copy with sqlite3`,
      ],
    })
  }
  return new ConfigurationError(
    'LPDB_UNREADABLE',
    `${path} cannot be read: ${sanitize(error.message)}`,
    facts,
  )
}
