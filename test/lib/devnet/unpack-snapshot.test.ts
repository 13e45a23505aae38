import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { devnetRules, snapshotName } from '../../../src/lib/devnet/rules.ts'
import { unpackSnapshot } from '../../../src/lib/devnet/unpack-snapshot.ts'
import { buildSnapshots, snapshotFolder } from '../../helpers/devnet.ts'

interface State {
  readonly blocks: readonly { readonly header: { readonly number: string; readonly extraData: string } }[]
}

describe('unpackSnapshot', () => {
  let folder: string
  let statePath: string

  before(buildSnapshots)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lp-pay-test-'))
    statePath = join(folder, 'state.json')
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  for (const rules of devnetRules) {
    it(`writes a private state with one block, marked as no other, by the rules of ${rules}`, async () => {
      const snapshotPath = join(snapshotFolder, snapshotName(rules))
      const extraData = await unpackSnapshot(snapshotPath, statePath)
      const { blocks } = JSON.parse(await readFile(statePath, 'utf8')) as State
      assert.deepEqual(
        blocks.map(({ header }) => [header.number, header.extraData]),
        [['0x0', extraData]],
      )
      assert.equal((await stat(statePath)).mode & 0o777, 0o600)
      assert.notEqual(await unpackSnapshot(snapshotPath, statePath), extraData)
    })
  }

  it('says that the snapshot is missing', async () => {
    await assert.rejects(unpackSnapshot(join(folder, 'nothing.json.gz'), statePath), {
      code: 'DEVNET_SNAPSHOT_MISSING',
      message: "the devnet's snapshot cannot be read",
    })
  })

  it('says that the snapshot is damaged', async () => {
    const path = join(folder, 'snapshot.json.gz')
    for (const content of [
      Buffer.from('not gzip'),
      gzipSync('{'),
      gzipSync('null'),
      gzipSync('{"block":{},"blocks":[]}'),
    ]) {
      await writeFile(path, content)
      await assert.rejects(unpackSnapshot(path, statePath), {
        code: 'DEVNET_SNAPSHOT_DAMAGED',
        message: "the devnet's snapshot is damaged",
      })
    }
  })
})
