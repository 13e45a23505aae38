import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import pg from 'pg'

let server: Promise<string> | undefined
let databases = 0

/** The URL of a real PostgreSQL server, as its superuser. The first call starts it; it ends with this process. */
export function postgresUrl(): Promise<string> {
  server ??= startServer()
  return server
}

/** The URL of a database of its own, as its owner. */
export async function makeDatabase(): Promise<string> {
  const url = new URL(await postgresUrl())
  const name = `tests_${++databases}`
  await inDatabase(url.href, `CREATE DATABASE ${name}`)
  url.pathname = name
  return url.href
}

/** What another program does to a database. */
export async function inDatabase(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rows: unknown[] = []
    for (const statement of statements) rows.push(...(await client.query<object>(statement)).rows)
    return rows
  } finally {
    await client.end()
  }
}

async function startServer(): Promise<string> {
  const keeper = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'postgres-keeper.ts')],
    // Ctrl-C is for the tests; the keeper notices their end.
    { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  )
  const [url] = (await Promise.race([
    once(createInterface(keeper.stdout), 'line'),
    once(keeper, 'exit'),
  ])) as [unknown]
  if (typeof url !== 'string') throw new Error('PostgreSQL does not start')
  keeper.unref()
  for (const stream of [keeper.stdin, keeper.stdout]) if ('unref' in stream) (stream.unref as () => void)()
  return url
}
