import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { projectFolder } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

describe('the price file in docs/pricing.md', () => {
  const folder = temporaryFolder()
  const page = readFileSync(join(projectFolder, 'docs', 'pricing.md'), 'utf8')
  const [section = ''] = /^## The price file$.*?(?=^## |(?![^]))/ms.exec(page) ?? []

  it('says what it is said to', async () => {
    const [, yaml = ''] = /^```yaml\n(.*?)^```$/ms.exec(section) ?? []
    await writeFile(join(folder.path, 'prices.yaml'), yaml)
    const examples = [...section.matchAll(/^```sh\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]
    assert.ok(examples.length >= 7)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command, { cwd: folder.path })
      assert.equal(stdout, output, command)
    }
  })

  it('names every code of a finding', () => {
    const lint = join(projectFolder, 'src', 'lib', 'pricefile', 'lint')
    const sources = ['lint-prices', 'lint-tickets', 'lint-limits', 'lint-price-file', 'lint-node-json']
    const codes = sources.flatMap((name) =>
      [
        ...readFileSync(join(lint, `${name}.ts`), 'utf8').matchAll(/\b(?:error|warning)\(\s*'([A-Z_]+)'/g),
      ].map(([, code = '']) => code),
    )
    assert.ok(codes.length > 20)
    for (const code of codes) assert.ok(section.includes(`\`${code}\``), code)
  })
})
