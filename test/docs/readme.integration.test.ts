import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { runShell } from '../helpers/run-cli.ts'

/** The lines of the README's session that start a devnet: the test has one. */
const settingUp = ['$ lp-pay devnet up > devnet.txt', '$ export LP_PAY_NETWORK=devnet']

describe('README.md', () => {
  const devnet = useTestDevnet()
  const page = readFileSync(join(projectFolder, 'README.md'), 'utf8')

  it('shows a day as it is', async () => {
    const [, session = ''] = /^```console\n(.*?)^```$/ms.exec(page) ?? []
    const shown = session.trimEnd().split('\n')
    assert.deepEqual(shown.slice(0, settingUp.length), settingUp)
    const rest = shown.slice(settingUp.length)
    const script = rest
      .filter((line) => line.startsWith('$ '))
      .map((line) => line.slice(2))
      .map(
        (line) =>
          `echo '$ ${line}'\n${line.replace('devnet advance', `devnet advance --port ${String(devnet.port)}`)}`,
      )
      .join('\n')
    const env = { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: devnet.rpcUrl }
    const { stdout } = await runShell(`exec 2>&1\n${script}`, { env })
    assert.deepEqual(
      comparable(stdout.replaceAll(devnet.rpcUrl, 'http://127.0.0.1:8545')),
      comparable(rest.join('\n')),
    )
  })

  it('links to what exists', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
    assert.ok(links.length > 5)
    for (const link of links) assert.ok(readFileSync(join(projectFolder, link)).length > 0, link)
  })

  /**
   * Hashes and signatures differ from run to run, and with their bytes the gas of what carries them and the price of gas
   * after it; so may a minute until a round.
   */
  function comparable(text: string): string[] {
    return text
      .replaceAll(/0x[0-9a-f]{64}/g, '0x...')
      .replaceAll(/\d+ h \d+ min/g, 'some time')
      .replaceAll(/\d{1,3}(,\d{3})+/g, 'some gas')
      .replaceAll(/0\.0000\d+ ETH/g, 'some fee')
      .replaceAll(/0\.0239\d+ ETH/g, 'somewhat less than 0.024 ETH')
      .replaceAll(/ {2,}/g, '  ')
      .trimEnd()
      .split('\n')
  }
})
