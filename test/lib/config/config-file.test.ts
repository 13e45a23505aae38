import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { readConfigFile, readConfigText } from '../../../src/lib/config/config-file.ts'
import { ConfigurationError } from '../../../src/lib/errors.ts'
import { needsPermissionBits, temporaryFolder } from '../files/temporary-folder.ts'
import { bounded } from '../../helpers/mortal.ts'

describe('readConfigFile', () => {
  const folder = temporaryFolder()
  const path = () => join(folder.path, 'config.yaml')

  async function refusal(): Promise<{ code: string; message: string; next: string | undefined }> {
    try {
      await readConfigFile(path())
    } catch (error) {
      assert.ok(error instanceof ConfigurationError)
      const { code, message, nextSteps } = error
      return {
        code,
        message: message.replaceAll(path(), 'FILE'),
        next: nextSteps[0]?.replaceAll(path(), 'FILE'),
      }
    }
    return assert.fail('it was read')
  }

  it('reads a file', async () => {
    await writeFile(path(), '\ufeffprofiles: { main: { timeout: 5m } }\n')
    assert.deepEqual(await readConfigFile(path()), { profiles: { main: { timeout: '5m' } }, networks: {} })
  })

  it('takes a missing file, or folder, for an empty one', async () => {
    assert.deepEqual(await readConfigFile(path()), { profiles: {}, networks: {} })
    assert.deepEqual(await readConfigFile(join(folder.path, 'none', 'config.yaml')), {
      profiles: {},
      networks: {},
    })
    assert.equal(await readConfigText(path()), undefined)
  })

  it('refuses a link', async () => {
    await writeFile(join(folder.path, 'elsewhere'), '')
    await symlink(join(folder.path, 'elsewhere'), path())
    assert.deepEqual(await refusal(), {
      code: 'CONFIG_NOT_PRIVATE',
      message: 'the configuration file FILE is a link',
      next: 'put the file itself there: cp --remove-destination "$(readlink -f FILE)" FILE',
    })
  })

  it('refuses what is not a file', async () => {
    await mkdir(path())
    assert.equal(
      (await refusal()).message,
      'the configuration file FILE cannot be read: it is not a regular file',
    )
  })

  it('refuses a pipe without waiting for a writer', async function () {
    if (process.platform === 'win32') return this.skip()
    execFileSync('mkfifo', [path()], bounded)
    assert.equal((await refusal()).code, 'CONFIG_UNREADABLE')
  })

  it('refuses what is not text, and what is far too long', async () => {
    await writeFile(path(), Buffer.from([0xff, 0xfe, 0x00]))
    assert.equal(
      (await refusal()).message,
      'the configuration file FILE cannot be read: it is not UTF-8 text',
    )
    await truncate(path(), 2 ** 30)
    assert.equal(
      (await refusal()).message,
      'the configuration file FILE cannot be read: it is larger than 1 MiB',
    )
  })

  describe('with permissions', () => {
    needsPermissionBits()

    it('refuses a file that others may write', async () => {
      await writeFile(path(), '')
      for (const mode of [0o620, 0o602]) {
        await chmod(path(), mode)
        assert.deepEqual(await refusal(), {
          code: 'CONFIG_NOT_PRIVATE',
          message: `others may write the configuration file FILE (mode 0${mode.toString(8)})`,
          next: 'chmod 600 FILE',
        })
      }
      await chmod(path(), 0o644)
      assert.deepEqual(await readConfigFile(path()), { profiles: {}, networks: {} })
    })

    it('refuses a folder in which others may put another file', async () => {
      await writeFile(path(), '')
      await chmod(folder.path, 0o777)
      assert.equal((await refusal()).code, 'FOLDER_NOT_PRIVATE')
    })
  })
})
