import assert from 'node:assert/strict'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { lookIntoKeystores, usualKeystoreFolders } from '../../../src/lib/config/known-keystores.ts'
import { makeKeystoreText, testAddress } from '../account/keystore-builder.ts'
import { needsPermissionBits, temporaryFolder } from '../files/temporary-folder.ts'

describe('lookIntoKeystores', () => {
  const folder = temporaryFolder()

  async function makeFolder(name: string, file?: string): Promise<string> {
    const path = join(folder.path, name)
    await mkdir(path, { mode: 0o700 })
    if (file !== undefined) await writeFile(join(path, file), makeKeystoreText(), { mode: 0o600 })
    return path
  }

  it('finds the accounts in each folder once, and passes over what has none', async () => {
    const [full, empty] = [await makeFolder('full', 'one'), await makeFolder('empty')]
    const found = await lookIntoKeystores([full, `${full}/`, empty, join(folder.path, 'missing')])
    assert.deepEqual(
      found.map((each) => [each.folder, each.accounts.map(({ address }) => address), each.problem]),
      [[full, [testAddress], null]],
    )
  })

  it('knows where go-livepeer and geth keep them', () => {
    assert.deepEqual(usualKeystoreFolders('arbitrum-one-mainnet'), [
      join(homedir(), '.lpData/arbitrum-one-mainnet/keystore'),
      join(homedir(), '.ethereum/keystore'),
    ])
  })

  describe('with permissions', () => {
    needsPermissionBits()

    it('says why a folder cannot be used', async () => {
      const open = await makeFolder('open', 'one')
      await chmod(open, 0o755)
      const [found] = await lookIntoKeystores([open])
      assert.equal(found?.problem?.code, 'FOLDER_NOT_PRIVATE')
    })
  })
})
