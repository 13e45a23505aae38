import { migrate } from './migrations.ts'
import { openPostgres } from './postgres-database.ts'
import { createTicketStore } from './sql-ticket-store.ts'
import { openSqlite } from './sqlite-database.ts'
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
  const open = isPostgresUrl(where) ? openPostgres : openSqlite
  const database = await open(where, options.patienceMs ?? 10_000)
  try {
    await migrate(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return createTicketStore(database)
}
