import assert from 'node:assert/strict'
import { chmod, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { readPassword, requireNewPassword } from '../../../src/lib/account/read-password.ts'
import { exitCodes, LpPayError } from '../../../src/lib/errors.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { assertHidden, failureOf } from './secrets.ts'

type Source = (contents: string | Buffer) => Promise<string>

describe('readPassword', () => {
  const folder = temporaryFolder()
  const unused = Readable.from([])

  const fromFile: Source = async (contents) => {
    const path = join(folder.path, 'password')
    await writeFile(path, contents, { mode: 0o600 })
    return await readPassword(path, unused)
  }
  const fromStream: Source = (contents) => {
    const bytes = Buffer.from(contents)
    const half = Math.floor(bytes.length / 2)
    return readPassword('-', Readable.from([bytes.subarray(0, half), bytes.subarray(half)]))
  }

  for (const [name, read] of Object.entries({ 'a file': fromFile, 'standard input': fromStream })) {
    describe(`from ${name}`, () => {
      it('takes one line break off its end, and nothing else', async () => {
        const expected = {
          'secret\n': 'secret',
          'secret\r\n': 'secret',
          secret: 'secret',
          ' a b\t\n': ' a b\t',
        }
        for (const [contents, password] of Object.entries(expected)) {
          assert.equal(await read(contents), password)
        }
      })

      it('keeps characters that are split between chunks', async () => {
        for (const password of ['é', '🔑', 'naïve 🔑 pass']) assert.equal(await read(password), password)
      })

      it('drops a byte order mark', async () => {
        assert.equal(await read('\ufeffsecret'), 'secret')
      })

      it('refuses an empty one', async () => {
        for (const contents of ['', '\n', '\r\n']) {
          await assert.rejects(read(contents), { code: 'PASSWORD_EMPTY', message: 'the password is empty' })
        }
      })

      it('refuses more than one line, without showing any', async () => {
        for (const contents of ['canary\n\n', 'canary\nother', '\ncanary', 'canary\rother']) {
          const error = await failureOf(() => read(contents))
          assert.ok(error instanceof LpPayError)
          assert.equal(error.code, 'PASSWORD_INVALID')
          assert.equal(error.exitCode, exitCodes.configuration)
          assert.equal(error.message, 'the password has more than one line')
          assertHidden(error, ['canary', 'other'])
        }
      })

      it('takes 4096 bytes and refuses one more', async () => {
        assert.equal((await read('x'.repeat(4096))).length, 4096)
        await assert.rejects(read('x'.repeat(4097)), /is (longer|larger) than 4096 bytes/)
      })

      it('refuses what is not UTF-8, without showing it', async () => {
        const contents = Buffer.concat([Buffer.from('canary'), Buffer.from([0xff, 0xfe])])
        const error = await failureOf(() => read(contents))
        assert.match(String(error), /is not UTF-8 text/)
        assertHidden(error, ['canary'])
      })
    })
  }

  it('stops reading a stream that never ends', async () => {
    let chunks = 0
    const endless = new Readable({
      read() {
        chunks++
        this.push('x'.repeat(1000))
      },
    })
    await assert.rejects(readPassword('-', endless), {
      code: 'PASSWORD_TOO_LONG',
      message: 'the password is longer than 4096 bytes',
    })
    assert.ok(chunks < 100)
    assert.ok(endless.destroyed)
  })

  it('reads a stream of strings', async () => {
    assert.equal(await readPassword('-', Readable.from(['sec', 'ret\n'])), 'secret')
  })

  it('refuses files that others can read, and links', async function () {
    if (process.platform === 'win32') this.skip()
    const path = join(folder.path, 'password')
    await writeFile(path, 'canary-password')
    await chmod(path, 0o644)
    await symlink(path, join(folder.path, 'link'))
    const error = await failureOf(() => readPassword(path, unused))
    assert.ok(error instanceof LpPayError)
    assert.equal(error.code, 'FILE_NOT_PRIVATE')
    assertHidden(error, ['canary-password'])
    await assert.rejects(readPassword(join(folder.path, 'link'), unused), { code: 'FILE_IS_LINK' })
    await assert.rejects(readPassword(join(folder.path, 'none'), unused), { code: 'FILE_MISSING' })
  })
})

describe('requireNewPassword', () => {
  it('wants 8 characters, however many bytes they have', () => {
    assert.doesNotThrow(() => requireNewPassword('12345678'))
    assert.doesNotThrow(() => requireNewPassword('🔑'.repeat(8)))
    for (const password of ['1234567', '🔑'.repeat(7)]) {
      assert.throws(() => requireNewPassword(password), {
        code: 'PASSWORD_TOO_SHORT',
        message: 'the password has fewer than 8 characters',
      })
    }
  })

  it('wants one line', () => {
    assert.throws(() => requireNewPassword(''), { code: 'PASSWORD_EMPTY' })
    assert.throws(() => requireNewPassword('12345\n67890'), { code: 'PASSWORD_INVALID' })
  })
})
