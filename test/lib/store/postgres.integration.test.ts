import assert from 'node:assert/strict'
import { inspect } from 'node:util'

import pg from 'pg'

import { findFreePort } from '../../../src/lib/devnet/free-port.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import { inDatabase, makeDatabase, postgresUrl } from '../../helpers/postgres.ts'
import { collect, itIsATicketStore, makeNewTickets } from './conformance.ts'
import { itIsSharedByProcesses } from './processes.ts'
import type { OpenPlace } from './processes.ts'

describe('a store in PostgreSQL', () => {
  describe('like every store', () => itIsATicketStore({ fresh: makeDatabase }))
  const place: OpenPlace = {
    fresh: makeDatabase,
    async execute(where, sql) {
      await inDatabase(where, sql)
    },
    async lock(where) {
      const client = new pg.Client({ connectionString: where })
      await client.connect()
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock(5785263010)')
      return () => client.end()
    },
  }
  describe('with other processes', () => itIsSharedByProcesses(place))

  const change = async (edit: (url: URL) => void) => {
    const url = new URL(await makeDatabase())
    edit(url)
    return url.href
  }

  /** Whether anything that is shown or logged of an error has the password, as it is written or as it is meant. */
  async function refusalOf(where: string): Promise<LpPayError> {
    const error: unknown = await openStore(where).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof LpPayError, inspect(error))
    const shown = inspect(error, { depth: 10, showHidden: true })
    for (const secret of ['secret/of@tests', 'secret%2Fof', 'hunter2'])
      assert.ok(!shown.includes(secret), shown)
    return error
  }

  it('is shown without user, password and database', async () => {
    const where = await makeDatabase()
    const store = await openStore(where)
    assert.equal(store.location, `postgres://127.0.0.1:${new URL(where).port}`)
    await store.close()
  })

  it('keeps the password to itself when the server refuses it', async () => {
    const where = await change((url) => (url.password = 'hunter2'))
    const { code, message, nextSteps } = await refusalOf(where)
    assert.deepEqual([code, nextSteps], ['STORE_REFUSED', ['check both in its URL']])
    assert.equal(message, `the store postgres://127.0.0.1:${new URL(where).port} refuses user or password`)
  })

  it('says when there is no such database', async () => {
    assert.equal((await refusalOf(await change((url) => (url.pathname = 'nothing')))).code, 'STORE_MISSING')
  })

  it('says when no server answers', async () => {
    const port = String(await findFreePort())
    const { code, message } = await refusalOf(await change((url) => (url.port = port)))
    assert.equal(code, 'STORE_UNREACHABLE')
    assert.equal(message, `the store postgres://127.0.0.1:${port} does not answer (ECONNREFUSED)`)
  })

  for (const url of [
    'postgres://user:hunter2/x@127.0.0.1/db',
    'postgres://user:1234/hunter2@127.0.0.1/db',
    'postgres://user:1234?hunter2@127.0.0.1/db',
    'postgres://user:1234#hunter2@127.0.0.1/db',
    'postgres://user:hunter2@127.0.0.1:port/db',
  ]) {
    it(`repeats nothing of a URL that cannot be understood: ${url}`, async () => {
      const { code, message, details } = await refusalOf(url)
      assert.deepEqual(
        [code, message, details],
        ['STORE_URL_INVALID', 'the URL of the store cannot be understood', {}],
      )
    })
  }

  it('does not touch the tables of another program', async () => {
    const where = await makeDatabase()
    await inDatabase(where, 'CREATE TABLE tickets (id INTEGER)', 'INSERT INTO tickets VALUES (7)')
    assert.equal((await refusalOf(where)).code, 'STORE_FOREIGN')
    assert.deepEqual(await inDatabase(where, 'SELECT * FROM tickets'), [{ id: 7 }])
    assert.deepEqual(await inDatabase(where, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`), [
      { tablename: 'tickets' },
    ])
  })

  it('says when the user may not write', async () => {
    const where = await makeDatabase()
    const reader = `reader_${Date.now()}`
    await (await openStore(where)).close()
    await inDatabase(
      where,
      `CREATE USER ${reader} PASSWORD 'hunter2'`,
      `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader}`,
    )
    const url = new URL(where)
    url.username = reader
    url.password = 'hunter2'
    const store = await openStore(url.href)
    assert.deepEqual(await collect(store), [])
    await assert.rejects(store.add(makeNewTickets(1)), { name: 'ConfigurationError', code: 'STORE_REFUSED' })
    await store.close()
  })

  it('says when the database is read-only, as a replica is', async () => {
    const where = await change((url) =>
      url.searchParams.set('options', '-c default_transaction_read_only=on'),
    )
    const { code, message } = await refusalOf(where)
    assert.equal(code, 'STORE_REFUSED')
    assert.match(message, /is read-only$/)
  })

  it('survives the loss of its connections', async () => {
    const where = await makeDatabase()
    const store = await openStore(where)
    await store.add(makeNewTickets(3000))
    const endAll = async () => {
      const name = new URL(where).pathname.slice(1)
      await inDatabase(
        await postgresUrl(),
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      )
    }
    await endAll()
    let seen = 0
    const list = async () => {
      for await (const ticket of store.list()) if (++seen === 1 && ticket.state === 'pending') await endAll()
    }
    await assert.rejects(list(), { name: 'ConfigurationError', code: 'STORE_UNREACHABLE' })
    assert.ok(seen < 3000)
    assert.equal(await store.add(makeNewTickets(3001)), 1)
    assert.equal((await collect(store)).length, 3001)
    await store.close()
  })
})
