import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { projectFolder } from '../helpers/devnet.ts'
import { useNodeServer } from '../helpers/node-server.ts'
import { runShell } from '../helpers/run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

describe('holding a node to the file, in docs/pricing.md', () => {
  const folder = temporaryFolder()
  const nodes = useNodeServer()
  const page = readFileSync(join(projectFolder, 'docs', 'pricing.md'), 'utf8')
  const [section = ''] = /^## Hold a running node to the file$.*?(?=^## |(?![^]))/ms.exec(page) ?? []

  it('is what it is said to be', async () => {
    const node = await nodes.start({ kind: 'orchestrator', prices: { default: '1200' } })
    const [, yaml = ''] = /^```yaml\n(.*?)^```$/ms.exec(section) ?? []
    await writeFile(join(folder.path, 'orchestrator.yaml'), yaml)
    const examples = [...section.matchAll(/^```sh\n(.*?)^```\n\n```text\n(.*?)^```$/gms)]
    assert.equal(examples.length, 2)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command, { cwd: folder.path, env: { LP_PAY_NODE: node.url } })
      // The node of the page listens where a node usually does.
      assert.equal(stdout.replaceAll(node.url, 'http://127.0.0.1:7935'), output, command)
    }
    assert.equal(node.memory.maxFaceValueWei, 10n ** 16n)
  })
})
