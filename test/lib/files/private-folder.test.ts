import assert from 'node:assert/strict'
import { chmod, chown, mkdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  checkPrivateFolder,
  ensurePrivateFolder,
  readPrivateFolder,
} from '../../../src/lib/files/private-files.ts'
import { needsPermissionBits, temporaryFolder } from './temporary-folder.ts'

describe('private folders', () => {
  const folder = temporaryFolder()
  const inFolder = (name: string) => join(folder.path, name)

  needsPermissionBits()

  it('creates a folder and its parents with mode 0700', async () => {
    await ensurePrivateFolder(inFolder('a/b'))
    assert.equal((await stat(inFolder('a'))).mode & 0o777, 0o700)
    assert.equal((await stat(inFolder('a/b'))).mode & 0o777, 0o700)
  })

  it('accepts a private folder that exists', async () => {
    await ensurePrivateFolder(folder.path)
    await ensurePrivateFolder(`${folder.path}/`)
    await checkPrivateFolder(folder.path)
  })

  for (const mode of [0o755, 0o710, 0o770, 0o1777]) {
    it(`refuses mode ${mode.toString(8)} and leaves it as it is`, async () => {
      await chmod(folder.path, mode)
      const text = mode.toString(8).padStart(4, '0')
      await assert.rejects(ensurePrivateFolder(folder.path), {
        code: 'FOLDER_NOT_PRIVATE',
        message: `the folder ${folder.path} is open to other users (mode ${text})`,
        nextSteps: [`chmod 700 ${folder.path}`],
      })
      assert.equal((await stat(folder.path)).mode & 0o7777, mode)
    })
  }

  it('refuses a link to a private folder, with and without a slash at its end', async () => {
    await mkdir(inFolder('target'), { mode: 0o700 })
    await symlink(inFolder('target'), inFolder('link'))
    for (const path of [inFolder('link'), `${inFolder('link')}/`]) {
      await assert.rejects(ensurePrivateFolder(path), {
        code: 'FOLDER_NOT_PRIVATE',
        message: `the folder ${inFolder('link')} is a link`,
      })
    }
  })

  it('refuses a link that leads nowhere', async () => {
    await symlink(inFolder('nowhere'), inFolder('link'))
    await assert.rejects(ensurePrivateFolder(inFolder('link')), { code: 'FOLDER_NOT_PRIVATE' })
  })

  it('refuses a file', async () => {
    await writeFile(inFolder('file'), '', { mode: 0o600 })
    await assert.rejects(ensurePrivateFolder(inFolder('file')), {
      code: 'FOLDER_NOT_PRIVATE',
      message: `the folder ${inFolder('file')} is not a folder`,
    })
    await assert.rejects(ensurePrivateFolder(inFolder('file/below')), { code: 'FOLDER_UNREADABLE' })
  })

  it('refuses the folder of another user', async function () {
    if (process.getuid?.() !== 0) this.skip()
    await chown(folder.path, 12_345, 12_345)
    await assert.rejects(ensurePrivateFolder(folder.path), {
      code: 'FOLDER_NOT_PRIVATE',
      message: `the folder ${folder.path} belongs to another user`,
    })
  })

  it('does not create what is only checked', async () => {
    await assert.rejects(checkPrivateFolder(inFolder('a')), {
      code: 'FOLDER_MISSING',
      message: `the folder ${inFolder('a')} does not exist`,
    })
  })

  it('lists names in order', async () => {
    await Promise.all(['b', 'a', '.c'].map((name) => writeFile(inFolder(name), '')))
    assert.deepEqual(await readPrivateFolder(folder.path), ['.c', 'a', 'b'])
    await chmod(folder.path, 0o755)
    await assert.rejects(readPrivateFolder(folder.path), { code: 'FOLDER_NOT_PRIVATE' })
  })
})
