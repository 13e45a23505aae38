import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { LpPayError } from '../../../src/lib/errors.ts'
import { readTextFile } from '../../../src/lib/files/read-text-file.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('readTextFile', () => {
  const folder = temporaryFolder()

  async function failure(path: string) {
    try {
      await readTextFile(path, 4)
    } catch (error) {
      assert.ok(error instanceof LpPayError)
      return error.code
    }
    return assert.fail('it was read')
  }

  it('reads a file up to a limit', async () => {
    const path = join(folder.path, 'a')
    await writeFile(path, 'abcd')
    assert.equal(await readTextFile(path, 4), 'abcd')
    await writeFile(path, 'abcde')
    assert.equal(await failure(path), 'INPUT_TOO_LONG')
  })

  it('finds no file of a name that none has, or none can have', async () => {
    const path = join(folder.path, 'a')
    assert.equal(await readTextFile(path, 4), undefined)
    assert.equal(await readTextFile('x'.repeat(100_000), 4), undefined)
    await writeFile(path, '')
    assert.equal(await readTextFile(join(path, 'b'), 4), undefined)
    assert.equal(await readTextFile(path, 4), '')
  })

  it('says when what it finds cannot be read', async () => {
    assert.equal(await failure(folder.path), 'FILE_UNREADABLE')
  })
})
