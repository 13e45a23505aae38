import assert from 'node:assert/strict'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { openRejectFile } from '../../../src/lib/tickets/reject-file.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

describe('openRejectFile', () => {
  const folder = temporaryFolder()

  it('writes a line for each reject, by its place', async () => {
    const path = join(folder.path, 'rejects.ndjson')
    await writeFile(path, 'of an earlier import')
    const file = openRejectFile(path)
    await file.write({ place: { kind: 'line', number: 7 }, reason: 'it is not JSON' })
    await file.write({ place: { kind: 'item', number: 2 }, reason: `\u001b[2Jit is ${'x'.repeat(1000)}` })
    await file.write({ place: { kind: 'row', number: 12 }, reason: 'sig is missing' })
    await file.close()
    assert.equal(file.count, 3)
    assert.equal(
      await readFile(path, 'utf8'),
      `{"line":7,"reason":"it is not JSON"}\n{"item":2,"reason":"it is ${'x'.repeat(194)}"}\n{"row":12,"reason":"sig is missing"}\n`,
    )
  })

  it('keeps them in order, readable by their owner alone', async () => {
    const path = join(folder.path, 'rejects.ndjson')
    const file = openRejectFile(path)
    for (let number = 1; number <= 10_000; number++)
      await file.write({ place: { kind: 'line', number }, reason: 'bad' })
    await file.close()
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    assert.equal(lines.length, 10_000)
    assert.equal(lines.at(-1), '{"line":10000,"reason":"bad"}')
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600)
  })

  it('makes no file for nothing', async () => {
    const file = openRejectFile(join(folder.path, 'rejects.ndjson'))
    await file.close()
    assert.deepEqual(await readdir(folder.path), [])
    assert.equal(file.count, 0)
  })

  it('says when it cannot be written', async () => {
    const path = join(folder.path, 'none', 'rejects.ndjson')
    const file = openRejectFile(path)
    await file.write({ place: { kind: 'line', number: 1 }, reason: 'bad' })
    await assert.rejects(file.close(), { code: 'FILE_NOT_WRITTEN', message: `${path} cannot be written` })
  })
})
