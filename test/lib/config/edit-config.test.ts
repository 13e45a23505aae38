import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { planEdit, writeEdit } from '../../../src/lib/config/edit-config.ts'
import type { ConfigChange } from '../../../src/lib/config/edit-config.ts'
import { needsPermissionBits, temporaryFolder } from '../files/temporary-folder.ts'

const network: ConfigChange = { where: ['profiles', 'main', 'network'], value: 'devnet' }

describe('editing the configuration file', () => {
  const folder = temporaryFolder()
  const path = () => join(folder.path, 'lp-pay', 'config.yaml')

  async function put(text: string): Promise<void> {
    await mkdir(dirname(path()), { recursive: true, mode: 0o700 })
    await writeFile(path(), text, { mode: 0o600 })
  }

  async function edit(...changes: ConfigChange[]): Promise<string> {
    await writeEdit(await planEdit(path(), () => changes))
    return readFile(path(), 'utf8')
  }

  it('makes the file and its folder', async () => {
    assert.equal(await edit(network), 'profiles:\n  main:\n    network: devnet\n')
    assert.deepEqual(await readdir(dirname(path())), ['config.yaml'])
  })

  it('keeps comments, the order and all other values', async () => {
    await put(
      [
        '# top',
        '',
        'profiles:',
        '  # the one that pays',
        '  main:',
        '    network: arbitrum-one-mainnet # for now',
        '    timeout: 5m',
        '',
        '  # for trying things out',
        '  dev: { network: devnet }',
        '',
        '# end',
        '',
      ].join('\n'),
    )
    assert.equal(
      await edit(network, { where: ['profiles', 'dev', 'rpc-urls'], value: ['http://127.0.0.1:8545'] }),
      [
        '# top',
        '',
        'profiles:',
        '  # the one that pays',
        '  main:',
        '    network: devnet # for now',
        '    timeout: 5m',
        '',
        '  # for trying things out',
        '  dev: { network: devnet, rpc-urls: [ http://127.0.0.1:8545 ] }',
        '',
        '# end',
        '',
      ].join('\n'),
    )
  })

  it('puts what YAML would misread into quotes, and does not fold long lines', async () => {
    const url = `https://rpc.example/${'k'.repeat(200)}`
    const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
    const text = await edit(
      { where: ['profiles', 'main', 'account'], value: account },
      { where: ['profiles', 'main', 'rpc-urls'], value: [url] },
      { where: ['profiles', 'main', 'confirmations'], value: '12' },
      { where: ['profiles', 'main', 'password-file'], value: '-' },
    )
    assert.equal(
      text,
      `profiles:\n  main:\n    account: "${account}"\n    rpc-urls:\n      - ${url}\n    confirmations: 12\n    password-file: "-"\n`,
    )
  })

  it('fills a map that is empty', async () => {
    await put('profiles: # none yet\n')
    assert.equal(await edit(network), 'profiles:\n  main:\n    network: devnet\n  # none yet\n')
  })

  it('takes values out', async () => {
    await put('default-profile: main\nprofiles:\n  main:\n    network: devnet\n    timeout: 5m\n')
    assert.equal(
      await edit({ ...network, value: undefined }, { where: ['default-profile'], value: undefined }),
      'profiles:\n  main:\n    timeout: 5m\n',
    )
  })

  it('does not touch a file that would hold the same', async () => {
    await put('profiles:   {main:   {network: devnet}}\n')
    const { mtimeMs } = await stat(path())
    assert.equal(await edit(network), 'profiles:   {main:   {network: devnet}}\n')
    assert.equal((await stat(path())).mtimeMs, mtimeMs)
  })

  it('makes no file for nothing', async () => {
    await writeEdit(await planEdit(path(), () => [{ ...network, value: undefined }]))
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('refuses to write over what has changed meanwhile', async () => {
    await put('profiles: {}\n')
    const plan = await planEdit(path(), () => [network])
    await put('profiles: { other: {} }\n')
    await assert.rejects(writeEdit(plan), {
      code: 'CONFIG_CHANGED',
      message: `the configuration file ${path()} has changed meanwhile`,
    })
    assert.equal(await readFile(path(), 'utf8'), 'profiles: { other: {} }\n')
  })

  it('refuses a file that is not valid, and writes nothing', async () => {
    await put('profiles: [\n')
    await assert.rejects(
      planEdit(path(), () => [network]),
      { code: 'CONFIG_INVALID' },
    )
    assert.equal(await readFile(path(), 'utf8'), 'profiles: [\n')
  })

  describe('with permissions', () => {
    needsPermissionBits()

    it('makes them private', async () => {
      await edit(network)
      assert.equal((await stat(path())).mode & 0o777, 0o600)
      assert.equal((await stat(dirname(path()))).mode & 0o777, 0o700)
    })

    it('makes a file private that was not', async () => {
      await put('profiles: {}\n')
      await chmod(path(), 0o644)
      await edit(network)
      assert.equal((await stat(path())).mode & 0o777, 0o600)
    })

    it('refuses a folder that is open to others', async () => {
      await put('profiles: {}\n')
      await chmod(dirname(path()), 0o755)
      await assert.rejects(edit(network), {
        code: 'FOLDER_NOT_PRIVATE',
        nextSteps: [`chmod 700 ${dirname(path())}`],
      })
      assert.equal(await readFile(path(), 'utf8'), 'profiles: {}\n')
    })
  })
})
