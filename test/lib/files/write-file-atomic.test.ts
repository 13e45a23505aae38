import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { ConfigurationError } from '../../../src/lib/errors.ts'
import {
  claimByPlaceholder,
  writeFileAtomic,
  writeNewFile,
} from '../../../src/lib/files/write-file-atomic.ts'
import { temporaryFolder } from './temporary-folder.ts'

describe('atomic files', () => {
  const folder = temporaryFolder()
  const inFolder = (name: string) => join(folder.path, name)
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777

  describe('writeFileAtomic', () => {
    it('creates a file that only its owner can read', async () => {
      await writeFileAtomic(inFolder('a'), 'one')
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'one')
      if (process.platform !== 'win32') assert.equal(await modeOf(inFolder('a')), 0o600)
    })

    it('replaces the contents and narrows the mode of what was there', async () => {
      await writeFile(inFolder('a'), 'something longer', { mode: 0o644 })
      await writeFileAtomic(inFolder('a'), Buffer.from('two'))
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'two')
      if (process.platform !== 'win32') assert.equal(await modeOf(inFolder('a')), 0o600)
    })

    it('takes a mode', async () => {
      await writeFileAtomic(inFolder('a'), '', { mode: 0o400 })
      if (process.platform !== 'win32') assert.equal(await modeOf(inFolder('a')), 0o400)
    })

    it('replaces a link instead of writing through it', async () => {
      await writeFile(inFolder('target'), 'untouched')
      await symlink(inFolder('target'), inFolder('link'))
      await writeFileAtomic(inFolder('link'), 'new')
      assert.equal(await readFile(inFolder('target'), 'utf8'), 'untouched')
      assert.equal(await readFile(inFolder('link'), 'utf8'), 'new')
    })

    it('leaves one whole version and no temporary file when writers race', async () => {
      const versions = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000))
      await Promise.all(versions.map((version) => writeFileAtomic(inFolder('a'), version)))
      assert.ok(versions.includes(await readFile(inFolder('a'), 'utf8')))
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('writes relative paths beside the file', async () => {
      const before = process.cwd()
      process.chdir(folder.path)
      try {
        await writeFileAtomic('a', 'one')
      } finally {
        process.chdir(before)
      }
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('says why a file cannot be written', async () => {
      const path = inFolder('missing/a')
      await assert.rejects(writeFileAtomic(path, 'one'), (error: unknown) => {
        assert.ok(error instanceof ConfigurationError)
        assert.equal(error.code, 'FILE_NOT_WRITTEN')
        assert.equal(error.message, `${path} cannot be written (ENOENT)`)
        return true
      })
    })

    it('leaves nothing behind when the name is taken by a folder', async () => {
      await mkdir(inFolder('a'))
      await assert.rejects(writeFileAtomic(inFolder('a'), 'one'), { code: 'FILE_NOT_WRITTEN' })
      assert.deepEqual(await readdir(folder.path), ['a'])
    })
  })

  describe('writeNewFile', () => {
    it('never overwrites', async () => {
      await writeNewFile(inFolder('a'), 'one')
      await assert.rejects(writeNewFile(inFolder('a'), 'two'), {
        code: 'FILE_EXISTS',
        message: `${inFolder('a')} exists already`,
      })
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'one')
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('writes what comes piece by piece, or nothing of it', async () => {
      const pieces = (...texts: readonly (string | Error)[]) =>
        Readable.from(texts).map((text: string | Error) => {
          if (text instanceof Error) throw text
          return text
        }) as AsyncIterable<string>
      await writeNewFile(inFolder('a'), pieces('one ', 'two'))
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'one two')
      const broken = new ConfigurationError('STORE_FAILED', 'x')
      await assert.rejects(writeNewFile(inFolder('b'), pieces('one ', broken)), { code: 'STORE_FAILED' })
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('does not overwrite a link that leads nowhere', async () => {
      await symlink(inFolder('nowhere'), inFolder('a'))
      await assert.rejects(writeNewFile(inFolder('a'), 'two'), { code: 'FILE_EXISTS' })
    })

    it('lets exactly one of several writers win', async () => {
      const versions = Array.from({ length: 20 }, (_, i) => `version ${String(i)}`)
      const results = await Promise.allSettled(
        versions.map((version) => writeNewFile(inFolder('a'), version)),
      )
      const winners = versions.filter((_, i) => results[i]?.status === 'fulfilled')
      assert.deepEqual(winners, [await readFile(inFolder('a'), 'utf8')])
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('shows the whole contents to verify before the name exists', async () => {
      const seen: unknown[] = []
      await writeNewFile(inFolder('a'), 'one', {
        verify: async (temporary) => {
          seen.push(await readFile(temporary, 'utf8'), (await readdir(folder.path)).includes('a'))
        },
      })
      assert.deepEqual(seen, ['one', false])
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('leaves nothing behind when verify refuses', async () => {
      const refusal = new ConfigurationError('REFUSED', 'no')
      const write = writeNewFile(inFolder('a'), 'one', { verify: () => Promise.reject(refusal) })
      await assert.rejects(write, refusal)
      assert.deepEqual(await readdir(folder.path), [])
    })
  })

  describe('claimByPlaceholder', () => {
    it('gives the file its name', async () => {
      await writeFile(inFolder('.temporary'), 'one')
      await chmod(inFolder('.temporary'), 0o600)
      await claimByPlaceholder(inFolder('.temporary'), inFolder('a'))
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'one')
      assert.deepEqual(await readdir(folder.path), ['a'])
    })

    it('never overwrites', async () => {
      await writeFile(inFolder('.temporary'), 'two')
      await writeFile(inFolder('a'), 'one')
      await assert.rejects(claimByPlaceholder(inFolder('.temporary'), inFolder('a')), { code: 'EEXIST' })
      assert.equal(await readFile(inFolder('a'), 'utf8'), 'one')
    })
  })
})
