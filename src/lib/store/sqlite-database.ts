import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { resolve } from 'node:path'

import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'

import { ConfigurationError } from '../errors.ts'
import { ensurePrivateFile } from '../files/private-files.ts'
import type { Database, Dialect, Queries, Row, Value } from './database.ts'
import { isBusy, sqliteError } from './sqlite-error.ts'

export const sqliteDialect: Dialect = {
  bytes: 'BLOB',
  integer: 'INTEGER',
  identity: 'INTEGER PRIMARY KEY',
  tableOptions: ' STRICT',
  nowMs: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  findTable: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = $1`,
  elements: 'json_each($1)',
  fromHex: (expression) => `unhex(${expression})`,
}

/** SQLite itself waits this long for a lock, with the process at a standstill; longer waits let other work go on. */
const standstillMs = 50
const cacheKibibytes = 64 * 1024
const rowsPerPage = 500

/**
 * An SQLite file: made with mode 0600 in a folder with 0700 if there is none.
 *
 * @throws {ConfigurationError} STORE_FOREIGN, STORE_DAMAGED, ..., or what `ensurePrivateFile` throws
 * @throws {LockHeldError} STORE_LOCKED
 */
export async function openSqlite(path: string, patienceMs: number): Promise<Database> {
  const file = resolve(path)
  await ensurePrivateFile(file, 'store')
  const { DatabaseSync } = await import('@photostructure/sqlite')
  const connect = (readOnly: boolean) =>
    guarded(file, () => new DatabaseSync(file, { readOnly, timeout: standstillMs }))

  const connection = connect(false)
  try {
    await whenFree(file, patienceMs, () => {
      refuseForeign(connection, file)
      connection.exec('PRAGMA journal_mode = WAL')
    })
    guarded(file, () => {
      connection.exec(
        `PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -${cacheKibibytes}`,
      )
    })
  } catch (error) {
    connection.close()
    throw error
  }
  const readers = new Set<DatabaseSyncInstance>()
  const inTurn = createQueue()
  const queries = makeQueries(connection, file)

  const undo = () => {
    // SQLite has done so itself after some errors, as when the disk is full.
    if (connection.isTransaction) guarded(file, () => connection.exec('ROLLBACK'))
  }
  const undoing = (work: () => void) => {
    try {
      work()
    } catch (error) {
      undo()
      throw error
    }
  }
  const transaction = <Result>(begin: string, work: (queries: Queries) => Promise<Result>) =>
    inTurn(async () => {
      await whenFree(file, patienceMs, () => undoing(() => connection.exec(begin)))
      try {
        const result = await work(queries)
        guarded(file, () => connection.exec('COMMIT'))
        return result
      } catch (error) {
        undo()
        throw error
      }
    })

  return {
    location: file,
    dialect: sqliteDialect,
    write: (work) => transaction('BEGIN IMMEDIATE', work),
    read: (work) =>
      // A transaction has no view of the database, and no lock, before its first statement.
      transaction('BEGIN; SELECT 1 FROM sqlite_schema', work),
    async *stream(sql, ...parameters) {
      const reader = connect(true)
      readers.add(reader)
      try {
        // A copy in a temporary file: rows stay as they are for a slow reader too, and hold nobody up. The driver's own
        // iterators crash when their statement is collected, and do not say which error they have met.
        await whenFree(file, patienceMs, () =>
          prepare(reader, `CREATE TEMPORARY TABLE answer AS ${sql}`).run(...parameters),
        )
        const page = guarded(file, () =>
          prepare(reader, 'SELECT * FROM answer WHERE rowid BETWEEN $1 AND $2 ORDER BY rowid'),
        )
        for (let first = 1; ; first += rowsPerPage) {
          const rows = guarded(file, () => page.all(first, first + rowsPerPage - 1) as Row[])
          yield* rows
          if (rows.length < rowsPerPage) return
          // For timers and signals.
          await nextTurn()
        }
      } finally {
        readers.delete(reader)
        if (reader.isOpen) reader.close()
      }
    },
    close: () =>
      inTurn(() => {
        for (const reader of readers) reader.close()
        readers.clear()
        if (!connection.isOpen) return Promise.resolve()
        try {
          // The driver would leave it undone until its statements are collected.
          connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
        } catch {
          // What is not written back now is so when the store is opened next.
        }
        connection.close()
        return Promise.resolve()
      }),
  }
}

/** Before anything is written: what another program keeps in its file is not ours to touch. */
function refuseForeign(connection: DatabaseSyncInstance, file: string): void {
  const tables = (
    connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as Row[]
  ).map(({ name }) => name)
  if (tables.length === 0 || tables.includes('lp_pay_store')) return
  throw new ConfigurationError('STORE_FOREIGN', `${file} is the database of another program`, {
    details: { store: file },
    nextSteps: ['name another file; tickets are read from this one with lp-pay tickets import'],
  })
}

function makeQueries(connection: DatabaseSyncInstance, file: string): Queries {
  const statements = new Map<string, StatementSyncInstance>()
  const statement = (sql: string) => {
    const known = statements.get(sql) ?? prepare(connection, sql)
    statements.set(sql, known)
    return known
  }
  const promised = <Result>(work: () => Result) =>
    new Promise<Result>((resolvePromise) => {
      resolvePromise(guarded(file, work))
    })
  return {
    run: (sql, ...parameters) => promised(() => statement(sql).run(...parameters).changes),
    all: (sql, ...parameters: Value[]) => promised(() => statement(sql).all(...parameters) as Row[]),
  }
}

function prepare(connection: DatabaseSyncInstance, sql: string): StatementSyncInstance {
  return connection.prepare(sql.replaceAll(/\$(?=\d)/g, '?'))
}

/** Does what may find the database locked, again and again until it is free. */
async function whenFree<Result>(file: string, patienceMs: number, work: () => Result): Promise<Result> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw sqliteError(error, file)
    }
    await sleep(5)
  }
}

function guarded<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw sqliteError(error, file)
  }
}

/** One after another: there is one connection, and a transaction has it to itself. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
