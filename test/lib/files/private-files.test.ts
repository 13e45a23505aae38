import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

import {
  ensurePrivateFile,
  readPrivateFile,
  type ReadPrivateFileOptions,
} from '../../../src/lib/files/private-files.ts'
import { needsPermissionBits, temporaryFolder } from './temporary-folder.ts'
import { bounded } from '../../helpers/mortal.ts'

describe('private files', () => {
  const folder = temporaryFolder()
  const inFolder = (name: string) => join(folder.path, name)
  const read = (path: string, options: Partial<ReadPrivateFileOptions> = {}) =>
    readPrivateFile(path, { maxBytes: 100, what: 'password file', ...options })

  async function makeFile(contents: string | Uint8Array = 'secret', mode = 0o600): Promise<string> {
    await writeFile(inFolder('file'), contents)
    await chmod(inFolder('file'), mode)
    return inFolder('file')
  }

  describe('readPrivateFile', () => {
    it('reads a private file', async () => {
      assert.equal(await read(await makeFile('sécret\n')), 'sécret\n')
      assert.equal(await read(await makeFile(''), { privateFolder: true }), '')
    })

    it('drops a byte order mark', async () => {
      assert.equal(await read(await makeFile('\ufeffsecret')), 'secret')
    })

    it('names a file that does not exist', async () => {
      await assert.rejects(read(inFolder('file')), {
        code: 'FILE_MISSING',
        message: `the password file ${inFolder('file')} does not exist`,
      })
      await assert.rejects(read(join(await makeFile(), 'below')), { code: 'FILE_MISSING' })
    })

    it('reads a file of the largest size and refuses one byte more', async () => {
      assert.equal((await read(await makeFile('x'.repeat(100)))).length, 100)
      await assert.rejects(read(await makeFile('x'.repeat(101))), {
        code: 'FILE_TOO_LARGE',
        message: `the password file ${inFolder('file')} is larger than 100 bytes`,
      })
    })

    it('refuses a huge file without reading it', async () => {
      await truncate(await makeFile(), 2 ** 40).catch(() => truncate(inFolder('file'), 2 ** 30))
      await assert.rejects(read(inFolder('file')), { code: 'FILE_TOO_LARGE' })
    })

    it('refuses what is not UTF-8', async () => {
      await assert.rejects(read(await makeFile(Buffer.from([0x61, 0xff]))), {
        code: 'FILE_NOT_TEXT',
        message: `the password file ${inFolder('file')} is not UTF-8 text`,
      })
    })

    it('refuses a folder', async () => {
      await mkdir(inFolder('file'), { mode: 0o700 })
      await assert.rejects(read(inFolder('file')), /is not a regular file|cannot be read/)
    })

    describe('permissions', () => {
      needsPermissionBits()

      for (const mode of [0o644, 0o640, 0o620, 0o602, 0o601, 0o777]) {
        it(`refuses mode ${mode.toString(8)}`, async () => {
          const path = await makeFile('secret', mode)
          await assert.rejects(read(path), {
            code: 'FILE_NOT_PRIVATE',
            message: `the password file ${path} is open to other users (mode 0${mode.toString(8)})`,
            nextSteps: [`chmod 600 ${path}`],
          })
        })
      }

      it('quotes a path in the next step', async () => {
        await writeFile(inFolder("it's a file"), '', { mode: 0o644 })
        const nextSteps = [`chmod 600 '${folder.path}/it'\\''s a file'`]
        await assert.rejects(read(inFolder("it's a file")), { nextSteps })
      })

      it('accepts narrower modes', async () => {
        assert.equal(await read(await makeFile('secret', 0o400)), 'secret')
      })

      it('refuses a link, even to a private file', async () => {
        await symlink(await makeFile(), inFolder('link'))
        await assert.rejects(read(inFolder('link')), {
          code: 'FILE_IS_LINK',
          message: `the password file ${inFolder('link')} is a link`,
        })
      })

      it('refuses a link that leads nowhere', async () => {
        await symlink(inFolder('nowhere'), inFolder('link'))
        await assert.rejects(read(inFolder('link')), { code: 'FILE_IS_LINK' })
      })

      it('refuses a FIFO at once instead of waiting for a writer', async () => {
        execFileSync('mkfifo', ['-m', '600', inFolder('fifo')], bounded)
        await assert.rejects(read(inFolder('fifo')), {
          code: 'FILE_NOT_REGULAR',
          message: `the password file ${inFolder('fifo')} is not a regular file`,
        })
      })

      it('refuses a socket', async () => {
        const server = createServer().listen(inFolder('socket'))
        await once(server, 'listening')
        try {
          await assert.rejects(read(inFolder('socket')), { code: 'FILE_NOT_REGULAR' })
        } finally {
          server.close()
        }
      })

      it('refuses a device', async () => {
        await assert.rejects(read('/dev/zero'), { code: 'FILE_NOT_REGULAR' })
      })

      it('refuses a file or a folder of another user', async function () {
        if (process.getuid?.() !== 0) this.skip()
        const path = await makeFile()
        await chown(path, 12_345, 12_345)
        await assert.rejects(read(path), {
          code: 'FILE_NOT_PRIVATE',
          message: `the password file ${path} belongs to another user`,
          nextSteps: [`chown "$(id -un)" ${path}`],
        })
        await chown(path, 0, 0)
        await chown(folder.path, 12_345, 12_345)
        await assert.rejects(read(path), { code: 'FOLDER_NOT_PRIVATE' })
      })

      it('refuses a folder in which others can write', async () => {
        const path = await makeFile()
        await chmod(folder.path, 0o775)
        await assert.rejects(read(path), {
          code: 'FOLDER_NOT_PRIVATE',
          message: `the folder ${folder.path} can be changed by other users (mode 0775)`,
          nextSteps: [`chmod go-w ${folder.path}`],
        })
      })

      it('accepts a folder that others can read, or write with the sticky bit', async () => {
        const path = await makeFile()
        for (const mode of [0o755, 0o1777]) {
          await chmod(folder.path, mode)
          assert.equal(await read(path), 'secret')
        }
      })

      it('wants a private folder where told', async () => {
        const path = await makeFile()
        await chmod(folder.path, 0o750)
        await assert.rejects(read(path, { privateFolder: true }), {
          code: 'FOLDER_NOT_PRIVATE',
          message: `the folder ${folder.path} is open to other users (mode 0750)`,
          nextSteps: [`chmod 700 ${folder.path}`],
        })
      })

      it('stops reading a file that holds more than its size says', async function () {
        if (process.platform !== 'linux') this.skip()
        await assert.rejects(read('/proc/self/environ', { maxBytes: 4 }), { code: 'FILE_TOO_LARGE' })
      })
    })
  })

  describe('ensurePrivateFile', () => {
    it('makes an empty file in a folder, both closed to others, and takes it as it is the next time', async () => {
      const file = inFolder('store/tickets.sqlite3')
      await ensurePrivateFile(file, 'store')
      assert.equal((await stat(file)).mode & 0o777, 0o600)
      assert.equal((await stat(inFolder('store'))).mode & 0o777, 0o700)
      await writeFile(file, 'tickets')
      await ensurePrivateFile(file, 'store')
      assert.equal(await readFile(file, 'utf8'), 'tickets')
    })

    it('refuses a link, a folder, and what is open to others', async () => {
      await symlink(await makeFile(), inFolder('link'))
      await assert.rejects(ensurePrivateFile(inFolder('link'), 'store'), {
        code: 'FILE_IS_LINK',
        message: `the store ${inFolder('link')} is a link`,
      })
      await mkdir(inFolder('folder'))
      await assert.rejects(ensurePrivateFile(inFolder('folder'), 'store'), { code: 'FILE_NOT_REGULAR' })
      await chmod(inFolder('file'), 0o640)
      await assert.rejects(ensurePrivateFile(inFolder('file'), 'store'), { code: 'FILE_NOT_PRIVATE' })
      await chmod(inFolder('file'), 0o600)
      await chmod(folder.path, 0o750)
      await assert.rejects(ensurePrivateFile(inFolder('file'), 'store'), { code: 'FOLDER_NOT_PRIVATE' })
    })
  })
})
