import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { readChunks } from '../../../src/lib/quote/read-chunks.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

describe('readChunks', () => {
  const folder = temporaryFolder()

  async function lengthOf(path: string): Promise<number> {
    let length = 0
    for await (const chunk of readChunks(path)) length += chunk.length
    return length
  }

  it('reads a file to its end', async () => {
    const path = join(folder.path, 'file')
    await writeFile(path, 'x'.repeat(600_000))
    assert.equal(await lengthOf(path), 600_000)
  })

  it('says what is wrong with one that cannot be read', async () => {
    const path = join(folder.path, 'nothing')
    await assert.rejects(lengthOf(path), { code: 'FILE_UNREADABLE', message: `there is no file ${path}` })
    await assert.rejects(lengthOf(folder.path), {
      code: 'FILE_UNREADABLE',
      message: `${folder.path} cannot be read (EISDIR)`,
    })
    await assert.rejects(lengthOf('ab'.repeat(32)), { message: 'there is no file (64 hex digits)' })
  })
})
