import type { Database } from './database.ts'
import { migrate } from './migrations.ts'
import { createTicketStore } from './sql-ticket-store.ts'
import { isPostgresUrl } from './store-location.ts'
import type { TicketStore } from './ticket-store.ts'

export interface OpenStoreOptions {
  /** How long another writer is waited for; 10 s by default. */
  readonly patienceMs?: number
}

/**
 * Opens the store of tickets: the path of an SQLite file, which is made if there is none, or the URL of a PostgreSQL
 * database. The drivers are loaded only here.
 *
 * @throws {ConfigurationError} STORE_NEWER, STORE_FOREIGN, STORE_DAMAGED, STORE_FULL, STORE_UNREACHABLE, STORE_FAILED,
 * or what is wrong with the file's permissions
 * @throws {LockHeldError} STORE_LOCKED
 */
export async function openStore(where: string, options: OpenStoreOptions = {}): Promise<TicketStore> {
  const database = await openDatabase(where, options.patienceMs ?? 10_000)
  try {
    await migrate(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return createTicketStore(database)
}

async function openDatabase(where: string, patienceMs: number): Promise<Database> {
  if (isPostgresUrl(where)) {
    const { openPostgres } = await import('./postgres-database.ts')
    return openPostgres(where, patienceMs)
  }
  const { openSqlite } = await import('./sqlite-database.ts')
  return openSqlite(where, patienceMs)
}
