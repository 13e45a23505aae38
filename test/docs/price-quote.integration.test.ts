import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { jobNames } from '../../src/lib/quote/jobs.ts'
import { projectFolder } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

describe('what a job costs, in docs/pricing.md', () => {
  const folder = temporaryFolder()
  const page = readFileSync(join(projectFolder, 'docs', 'pricing.md'), 'utf8')
  const [section = ''] = /^## What a job costs$.*?(?=^## |(?![^]))/ms.exec(page) ?? []

  it('is what it is said to be', async () => {
    for (const [, name = '', yaml = ''] of section.matchAll(/`(\w+\.yaml)`:\n\n```yaml\n(.*?)^```$/gms)) {
      await writeFile(join(folder.path, name), yaml)
    }
    const examples = [...section.matchAll(/^```sh\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]
    assert.equal(examples.length, 4)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command, { cwd: folder.path })
      assert.equal(stdout, output, command)
    }
  })

  it('names every job', () => {
    for (const name of jobNames) assert.ok(section.includes(`\`${name}\``), name)
  })
})
