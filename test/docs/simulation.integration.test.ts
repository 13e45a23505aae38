import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildSnapshots, projectFolder } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

describe('docs/simulation.md', () => {
  const folder = temporaryFolder()
  const page = readFileSync(join(projectFolder, 'docs', 'simulation.md'), 'utf8')
  before(buildSnapshots)

  it('is what it is said to be', async () => {
    const [, csv = ''] = /^```csv\n(.*?)^```$/ms.exec(page) ?? []
    await writeFile(join(folder.path, 'senders.csv'), csv)
    const examples = [...page.matchAll(/^```sh\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]
    assert.equal(examples.length, 5)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command, { cwd: folder.path })
      assert.equal(stdout, output, command)
    }
  })
})
