import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { keys } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'

const cancelled = 'error: cancelled at the prompt; nothing was written (next: repeat the command)'

describe('a question in a terminal', () => {
  const user = useUser()

  for (const [name, key] of [
    ['Ctrl-C', keys.ctrlC],
    ['Ctrl-D', keys.ctrlD],
  ] as const) {
    it(`ends with exit code 3 and one line at ${name}`, async () => {
      const terminal = user.open(['account', 'create'])
      await terminal.waitFor('New password for the new account:')
      terminal.send(key)
      assert.equal(await terminal.exitCode(), 3)
      assert.equal(terminal.screen.trim().split('\n').at(-1), cancelled)
      assert.doesNotMatch(terminal.screen, /^ {4}at |Warning/m)
    })
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends with exit code 3 at ${signal}`, async () => {
      const terminal = user.open(['account', 'create'])
      await terminal.waitFor('New password for the new account:')
      terminal.signal(signal)
      assert.equal(await terminal.exitCode(), 3)
      assert.equal(terminal.screen.trim().split('\n').at(-1), cancelled)
    })
  }

  it('ends when the terminal is closed', async () => {
    const terminal = user.open(['account', 'create'])
    await terminal.waitFor('New password for the new account:')
    terminal.close()
    assert.notEqual(await terminal.exitCode(), 0)
  })

  it('is asked on standard error, so that standard output holds nothing but data', async () => {
    const stdoutFile = join(user.home, 'stdout')
    const terminal = user.open(['account', 'create'], { stdoutFile })
    await terminal.waitFor('New password for the new account:')
    terminal.send(keys.ctrlC)
    assert.equal(await terminal.exitCode(), 3)
    assert.equal(await readFile(stdoutFile, 'utf8'), '')
  })

  it('is not asked under --json', async () => {
    const terminal = user.open(['account', 'create', '--json'])
    assert.equal(await terminal.exitCode(), 3)
    assert.match(terminal.screen, /"code": "PASSWORD_NEEDED"/)
  })
})
