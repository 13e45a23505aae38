import assert from 'node:assert/strict'
import { chmod, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { useUser } from '../helpers/user.ts'
import { needsPermissionBits } from '../lib/files/temporary-folder.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('lp-pay config', () => {
  const user = useUser()

  it('is set, shown and got', async () => {
    const set = await user.run(['config', 'set', 'account', address, '--profile', 'main'])
    assert.deepEqual(set, {
      stdout: `account of profile main: - -> ${address}\nfile: ${user.configFile}\n`,
      stderr: '',
      code: 0,
      signal: null,
    })
    assert.equal((await user.run(['config', 'set', 'default-profile', 'main'])).code, 0)
    assert.equal((await user.run(['config', 'get', 'account'])).stdout, `${address}\n`)
    assert.equal((await user.run(['config', 'get', 'profile'])).stdout, 'main\n')
    assert.equal((await user.run(['config', 'get', 'max-fee-per-gas'])).stdout, '')
    const { stdout } = await user.run(['config', 'show'])
    assert.match(stdout, new RegExp(`^account +${address} +profile main$`, 'm'))
    assert.ok(stdout.endsWith(`\nprofiles: main\nfile: ${user.configFile}\n`))
    assert.equal((await user.run(['config', 'path'])).stdout, `${user.configFile}\n`)
  })

  it('says that there is no file yet', async () => {
    const { stdout } = await user.run(['config', 'show'])
    assert.ok(stdout.endsWith(`\nfile: ${user.configFile} (not there yet: lp-pay init)\n`))
  })

  it('keeps API keys to itself', async () => {
    const set = await user.run(['config', 'set', 'rpc-urls', '-'], {
      input: 'https://a.example/v2/SECRET\nhttps://u:SECRET@b.example\n',
    })
    const get = await user.run(['config', 'get', 'rpc-urls'])
    const show = await user.run(['config', 'show', '--json'])
    assert.equal(get.stdout, 'https://a.example, https://b.example\n')
    for (const { stdout, stderr, code } of [set, get, show]) {
      assert.equal(code, 0)
      assert.ok(!(stdout + stderr).includes('SECRET'))
    }
    assert.match((await user.config()) ?? '', /\/v2\/SECRET/)
  })

  it('answers as JSON', async () => {
    const { stdout } = await user.run(['config', 'set', 'timeout', '10m', '--json'])
    assert.deepEqual(JSON.parse(stdout), {
      schemaVersion: 1,
      ok: true,
      command: 'config set',
      result: {
        path: user.configFile,
        key: 'timeout',
        profile: 'default',
        before: null,
        after: '10m',
        changed: true,
      },
      warnings: [],
      error: null,
    })
    const { result } = JSON.parse((await user.run(['config', 'get', 'timeout', '--json'])).stdout) as {
      result: unknown
    }
    assert.deepEqual(result, { name: 'timeout', value: '600s', source: 'file', origin: 'profile default' })
  })

  for (const [args, code, error] of [
    [['set', 'acount', address], 2, 'there is no setting "acount" (next: did you mean account?)'],
    [['get', 'rpc-url'], 2, 'there is no setting "rpc-url" (next: did you mean rpc-urls?)'],
    [['set', 'account', '--unsett'], 2, 'there is no flag --unsett (next: did you mean --unset?)'],
    [['set', 'account', '0x12'], 2, '"0x12" is not an address: write 0x and 40 hex digits'],
    [
      ['set', 'default-profile', 'x'],
      4,
      'there is no profile "x" in the configuration (next: make it: lp-pay init --profile x)',
    ],
    [
      ['show', '--profile', 'x'],
      4,
      'there is no profile "x" in the configuration (next: make it: lp-pay init --profile x)',
    ],
  ] as const) {
    it(`refuses ${args.join(' ')} in one line`, async () => {
      assert.deepEqual(await user.run(['config', ...args]), {
        stdout: '',
        stderr: `error: ${error}\n`,
        code,
        signal: null,
      })
      assert.equal(await user.config(), undefined)
    })
  }

  it('does not take standard input for a value', async () => {
    const { code, stderr } = await user.run(['config', 'set', 'timeout'], { input: '10m\n' })
    assert.equal(code, 2)
    assert.match(stderr, /^error: timeout needs a value \(next: .*\)\n$/)
  })

  it('says where a file is corrupt, and leaves it alone', async () => {
    const text = 'profiles:\n  main:\n    network: [devnet\n'
    await user.write('config/config.yaml', text)
    for (const args of [['config', 'show'], ['config', 'set', 'network', 'devnet'], ['status']]) {
      const { code, stderr } = await user.run(args)
      assert.equal(code, 4)
      assert.equal(
        stderr,
        `error: the configuration file ${user.configFile} is not valid: Flow sequence in block collection must be sufficiently indented and end with a ] at line 4, column 1 (next: mend the line, or move the file away and run lp-pay init)\n`,
      )
    }
    assert.equal(await user.config(), text)
  })

  describe('with permissions', () => {
    needsPermissionBits()

    it('refuses a file that others may write, a link and an open folder', async () => {
      const path = await user.write('config/config.yaml', 'profiles: {}\n', 0o666)
      const run = () => user.run(['config', 'set', 'network', 'devnet'])
      assert.deepEqual(await run(), {
        stdout: '',
        stderr: `error: others may write the configuration file ${path} (mode 0666) (next: chmod 600 ${path})\n`,
        code: 4,
        signal: null,
      })
      await chmod(path, 0o600)
      await chmod(dirname(path), 0o755)
      assert.equal(
        (await run()).stderr,
        `error: the folder ${dirname(path)} is open to other users (mode 0755) (next: chmod 700 ${dirname(path)})\n`,
      )
      assert.equal(await user.config(), 'profiles: {}\n')
    })

    it('refuses a link', async () => {
      await user.write('elsewhere', 'profiles: {}\n')
      await user.write('config/other', '')
      await symlink(join(user.home, 'elsewhere'), user.configFile)
      const { code, stderr } = await user.run(['config', 'show'])
      assert.equal(code, 4)
      assert.match(stderr, /^error: the configuration file .*config\.yaml is a link \(next: .*\)\n$/)
    })
  })
})
