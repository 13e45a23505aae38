import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { projectFolder } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'

describe('saying a price otherwise in docs/pricing.md', () => {
  it('says what it is said to', async () => {
    const page = readFileSync(join(projectFolder, 'docs', 'pricing.md'), 'utf8')
    const [section = ''] = /^## Say a price otherwise$.*?(?=^## )/ms.exec(page) ?? []
    const examples = [...section.matchAll(/^```sh\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]
    assert.equal(examples.length, 4)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command)
      assert.equal(stdout, output, command)
    }
  })
})
