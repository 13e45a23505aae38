import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'

describe('docs/sizing.md', () => {
  const folder = temporaryFolder()
  const devnet = useTestDevnet()
  const page = readFileSync(join(projectFolder, 'docs', 'sizing.md'), 'utf8')

  it('says what it is said to, and shows the pictures that its commands make', async () => {
    const [, name = '', yaml = ''] = /`(\w+\.yaml)`:\n\n```yaml\n(.*?)^```$/ms.exec(page) ?? []
    await writeFile(join(folder.path, name), yaml)
    const examples = [...page.matchAll(/^```sh\n([^`]*)^```\n\n```text\n([^`]*)^```$/gm)]
    assert.equal(examples.length, 6)
    for (const [, command = '', output] of examples) {
      const { stdout } = await runShell(command, { cwd: folder.path })
      assert.equal(stdout, output, command)
    }
    const pictures = [...page.matchAll(/\]\(pictures\/(\w+\.svg)\)/g)].map(([, file = '']) => file)
    assert.deepEqual(pictures, ['deposit.svg', 'gas.svg', 'earnings.svg'])
    for (const file of pictures) {
      const kept = await readFile(join(projectFolder, 'docs', 'pictures', file), 'utf8')
      // A whole picture as a difference would tell nobody anything.
      const isSame = (await readFile(join(folder.path, file), 'utf8')) === kept
      assert.ok(isSame, `docs/pictures/${file} has drifted: npm run docs:pictures`)
    }
  })

  it('ends with a deposit that is enough, and a runway', async () => {
    const [, fund = ''] = page.split('## Fund it')
    const commands = [...fund.matchAll(/^```sh\n([^`]*)^```$(?!\n\n```text)/gm)].map(([, text = '']) => text)
    assert.equal(commands.length, 3)
    const script = ['set -e', ...commands].join('\n')
    const { stdout, code } = await runShell(script, { env: { LP_PAY_RPC_URL: devnet.rpcUrl } })
    assert.equal(code, 0)
    assert.match(stdout, /^the deposit is enough$/m)
    assert.match(stdout, /^top up by +7 d, while it is dry with at most 0.1 %$/m)
    assert.match(stdout, /^lasts +7 d \d+ h at 0.00597 ETH an hour; top up within \d d/m)
  })
})
