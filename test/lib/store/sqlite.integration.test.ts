import assert from 'node:assert/strict'
import { chmod, mkdir, open, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { DatabaseSync } from '@photostructure/sqlite'

import { migrate } from '../../../src/lib/store/migrations.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import { openSqlite } from '../../../src/lib/store/sqlite-database.ts'
import { createTicketStore } from '../../../src/lib/store/sql-ticket-store.ts'
import { needsPermissionBits, temporaryFolder } from '../files/temporary-folder.ts'
import { collect, itIsATicketStore, makeNewTickets } from './conformance.ts'
import { itIsSharedByProcesses, startWorker } from './processes.ts'
import type { OpenPlace } from './processes.ts'

describe('a store in SQLite', () => {
  const folder = temporaryFolder()
  let number = 0
  const fresh = () => join(folder.path, 'store', `${++number}.sqlite3`)
  const place: OpenPlace = {
    fresh: () => Promise.resolve(fresh()),
    execute(path, sql) {
      const database = new DatabaseSync(path)
      database.exec(sql)
      database.close()
      return Promise.resolve()
    },
    async lock(path) {
      const { child, lines, ended } = startWorker('lock', path)
      await lines.next()
      return () => {
        child.stdin.end()
        return ended
      }
    },
  }

  describe('like every store', () => itIsATicketStore(place))
  describe('with other processes', () => itIsSharedByProcesses(place))

  async function makeStore(tickets = 0): Promise<string> {
    const path = fresh()
    const store = await openStore(path)
    await store.add(makeNewTickets(tickets))
    await store.close()
    return path
  }

  describe('its file', () => {
    needsPermissionBits()

    it('is closed to others, as are those that SQLite puts beside it', async () => {
      const path = fresh()
      const store = await openStore(path)
      await store.add(makeNewTickets(1))
      assert.equal(store.location, path)
      const names = await readdir(dirname(path))
      assert.deepEqual(
        names.sort(),
        ['', '-shm', '-wal'].map((end) => `${number}.sqlite3${end}`),
      )
      for (const name of names) {
        assert.equal((await stat(join(dirname(path), name))).mode & 0o777, 0o600, name)
      }
      assert.equal((await stat(dirname(path))).mode & 0o777, 0o700)
      await store.close()
      assert.ok((await stat(path)).size > 0)
      assert.equal((await stat(`${path}-wal`).catch(() => undefined))?.size ?? 0, 0, 'all is in one file')
    })

    it('is refused when it is a link or open to others', async () => {
      const path = await makeStore()
      const link = fresh()
      await symlink(path, link)
      await assert.rejects(openStore(link), { code: 'FILE_IS_LINK' })
      await chmod(path, 0o644)
      await assert.rejects(openStore(path), { code: 'FILE_NOT_PRIVATE' })
      await chmod(path, 0o600)
      await chmod(dirname(path), 0o755)
      await assert.rejects(openStore(path), { code: 'FOLDER_NOT_PRIVATE' })
    })

    it('is a path, whatever it looks like', async () => {
      const path = join(folder.path, 'store', 'file:x?mode=memory')
      await (await openStore(path)).close()
      assert.ok((await stat(path)).size > 0)
    })
  })

  it('does not touch the database of another program', async () => {
    const path = fresh()
    await mkdir(dirname(path), { mode: 0o700 })
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE ticketQueue (sig BLOB PRIMARY KEY)')
    other.close()
    await chmod(path, 0o600)
    const before = await readFile(path)
    await assert.rejects(openStore(path), {
      name: 'ConfigurationError',
      code: 'STORE_FOREIGN',
      message: `${path} is the database of another program`,
    })
    assert.deepEqual(await readFile(path), before)
    assert.deepEqual(await readdir(dirname(path)), [`${number}.sqlite3`])
  })

  it('says that a file is no database', async () => {
    const path = fresh()
    await mkdir(dirname(path), { mode: 0o700 })
    await writeFile(path, 'hash,sender\n'.repeat(1000), { mode: 0o600 })
    await assert.rejects(openStore(path), {
      name: 'ConfigurationError',
      code: 'STORE_DAMAGED',
      message: `the store ${path} is damaged or no database`,
      nextSteps: [`look at it with: sqlite3 ${path} "PRAGMA integrity_check"`],
    })
  })

  it('says that it is damaged when it finds so', async () => {
    const path = await makeStore(500)
    const file = await open(path, 'r+')
    const { size } = await file.stat()
    // All but the first pages, which hold the schema and the version.
    for (let at = 8 * 4096; at < size; at += 4096) await file.write(Buffer.alloc(4096, 0xff), 0, 4096, at)
    await file.close()
    const store = await openStore(path)
    await assert.rejects(collect(store), { code: 'STORE_DAMAGED' })
    await store.close()
  })

  it('says that the disk is full and stays as it was, where max_page_count says so', async () => {
    const path = await makeStore(10)
    const database = await openSqlite(path, 1000)
    await migrate(database)
    await database.write((queries) => queries.all('PRAGMA max_page_count = 40'))
    const store = createTicketStore(database)
    await assert.rejects(store.add(makeNewTickets(1000)), {
      name: 'ConfigurationError',
      code: 'STORE_FULL',
      message: `the store ${path} cannot grow: the disk is full`,
    })
    assert.equal((await collect(store)).length, 10)
    assert.equal(await store.add(makeNewTickets(12)), 2)
    await store.close()
  })

  it('reports what cannot be written as an error of ours', async () => {
    await writeFile(join(folder.path, 'file'), '')
    await assert.rejects(openStore(join(folder.path, 'file', 'x.sqlite3')), { name: 'ConfigurationError' })
  })
})
