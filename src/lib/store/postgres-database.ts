import { setTimeout as sleep } from 'node:timers/promises'

import type { CustomTypesConfig, Pool, PoolClient } from 'pg'

import type { Database, Dialect, Queries, Row } from './database.ts'
import { parsePostgresUrl } from './postgres-url.ts'
import { postgresError } from './postgres-error.ts'

export const postgresDialect: Dialect = {
  bytes: 'BYTEA',
  integer: 'BIGINT',
  identity: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  tableOptions: '',
  nowMs: 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)',
  // Not by to_regclass, which may answer from before a lock was waited for.
  findTable: 'SELECT 1 AS found FROM pg_tables WHERE tablename = $1 AND schemaname = current_schema()',
  elements: 'jsonb_array_elements($1::jsonb)',
  fromHex: (expression) => `decode(${expression}, 'hex')`,
}

/** Of the lock that all writers share; any number does that nobody else uses. */
const writersLock = '5785263010'
const connectMs = 10_000
const idleInTransactionMs = 60_000
const answerMs = 120_000
const rowsPerFetch = 1000
const int8 = 20

/**
 * A PostgreSQL database. Writers take turns, as on SQLite, so that no two see each other's half of a change; the server
 * ends the turn of one that has gone silent.
 *
 * @throws {ConfigurationError} STORE_URL_INVALID
 */
export async function openPostgres(url: string, patienceMs: number): Promise<Database> {
  const location = parsePostgresUrl(url)
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'lp-pay',
    max: 4,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    allowExitOnIdle: true,
    types: { getTypeParser: integersAsNumbers(pg.types) },
  })
  // A server that ends an idle connection is noticed by who needs it next.
  pool.on('error', () => undefined)

  const beginWrite = [
    'BEGIN',
    `SET LOCAL lock_timeout = ${Math.max(1, Math.round(patienceMs))}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
    `SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`,
    `SELECT pg_advisory_xact_lock(${writersLock})`,
  ].join('; ')
  const beginRead = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'
  const streams = new Set<PoolClient>()

  const transaction = async <Result>(begin: string, work: (queries: Queries) => Promise<Result>) => {
    const client = await connect(pool, location)
    let broken = false
    try {
      const queries = makeQueries(client, location)
      await queries.run(begin)
      const result = await work(queries)
      await queries.run('COMMIT')
      return result
    } catch (error) {
      broken = !(await rolledBack(client))
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    location,
    dialect: postgresDialect,
    write: (work) => transaction(beginWrite, work),
    read: (work) => transaction(beginRead, work),
    async *stream(sql, ...parameters) {
      const client = await connect(pool, location)
      streams.add(client)
      const { run, all } = makeQueries(client, location)
      try {
        await run(beginRead)
        await run(`DECLARE rows NO SCROLL CURSOR FOR ${sql}`, ...parameters)
        for (;;) {
          const rows = await all(`FETCH ${rowsPerFetch} FROM rows`)
          yield* rows
          if (rows.length < rowsPerFetch) return
        }
      } finally {
        const broken = !(await rolledBack(client))
        if (streams.delete(client)) client.release(broken)
      }
    },
    async close() {
      for (const client of streams) client.release(true)
      streams.clear()
      if (!pool.ended) await Promise.race([pool.end(), sleep(connectMs, undefined, { ref: false })])
    },
  }
}

/** All integers of the schema are safe ones. */
function integersAsNumbers({ getTypeParser }: CustomTypesConfig): CustomTypesConfig['getTypeParser'] {
  return (oid, format): ((text: string | Buffer) => unknown) =>
    Number.parseInt(String(oid), 10) === int8
      ? Number
      : (getTypeParser(oid, format) as (text: string | Buffer) => unknown)
}

async function connect(pool: Pool, location: string): Promise<PoolClient> {
  try {
    const client = await pool.connect()
    // Its loss is told by the query that needs it; without a listener it would end the process.
    if (client.listenerCount('error') === 0) client.on('error', () => undefined)
    return client
  } catch (error) {
    throw postgresError(error, location)
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

function makeQueries(client: PoolClient, location: string): Queries {
  const query = async (sql: string, parameters: readonly unknown[]) => {
    try {
      // Only without parameters may a query have several statements.
      return parameters.length === 0
        ? await client.query<Row>(sql)
        : await client.query<Row>(sql, [...parameters])
    } catch (error) {
      throw postgresError(error, location)
    }
  }
  return {
    run: async (sql, ...parameters) => (await query(sql, parameters)).rowCount ?? 0,
    all: async (sql, ...parameters) => (await query(sql, parameters)).rows,
  }
}
