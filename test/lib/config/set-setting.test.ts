import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { parseSettingKey, setSetting, unsetSetting } from '../../../src/lib/config/set-setting.ts'
import type { SettingKey } from '../../../src/lib/config/set-setting.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

describe('setSetting', () => {
  const folder = temporaryFolder()
  const configFile = () => join(folder.path, 'config', 'config.yaml')
  const place = (profile?: string) => ({
    configFile: configFile(),
    dataFolder: folder.path,
    flags: { profile },
    variables: {},
  })
  const text = () => readFile(configFile(), 'utf8').catch(() => undefined)

  async function put(contents: string): Promise<void> {
    await mkdir(dirname(configFile()), { recursive: true, mode: 0o700 })
    await writeFile(configFile(), contents, { mode: 0o600 })
  }

  async function failure(run: () => Promise<unknown>) {
    try {
      await run()
    } catch (error) {
      assert.ok(error instanceof LpPayError)
      const { code, exitCode, message, nextSteps } = error
      return { code, exitCode, message, next: nextSteps[0] }
    }
    return assert.fail('it was written')
  }

  it('writes to the profile in effect', async () => {
    await setSetting(place(), 'network', ['devnet'])
    await setSetting(place('main'), 'timeout', ['10m'])
    await setSetting({ ...place(), variables: { LP_PAY_PROFILE: 'other' } }, 'timeout', ['20m'])
    await setSetting(place(), 'default-profile', ['main'])
    const change = await setSetting(place(), 'timeout', ['30m'])
    assert.deepEqual(change, {
      path: configFile(),
      key: 'timeout',
      profile: 'main',
      before: '10m',
      after: '30m',
      changed: true,
    })
    assert.equal(
      await text(),
      'profiles:\n  default:\n    network: devnet\n  main:\n    timeout: 30m\n  other:\n    timeout: 20m\ndefault-profile: main\n',
    )
  })

  it('keeps URLs whole, and shows their origins', async () => {
    const urls = ['https://a.example/v2/SECRET', 'https://user:SECRET@b.example/?key=SECRET']
    const change = await setSetting(place(), 'rpc-urls', urls)
    assert.equal(change.after, 'https://a.example, https://b.example')
    assert.ok(!JSON.stringify(change).includes('SECRET'))
    assert.equal((await text())?.split('SECRET').length, 4)
    const again = await setSetting(place(), 'rpc-urls', ['https://a.example/v2/OTHER', 'https://b.example'])
    assert.equal(again.after, 'https://a.example, https://b.example (another path)')
    assert.equal((await setSetting(place(), 'timeout', ['1h'])).changed, true)
    assert.equal((await setSetting(place(), 'timeout', ['1h'])).changed, false)
  })

  it('keeps paths that mean the same from any folder', async () => {
    assert.equal((await setSetting(place(), 'keystore', ['keys'])).after, resolve('keys'))
    assert.equal((await setSetting(place(), 'password-file', ['~/pw'])).after, join(homedir(), 'pw'))
    assert.equal((await setSetting(place(), 'password-file', ['-'])).after, '-')
    assert.equal((await setSetting(place(), 'store', ['tickets.db'])).after, resolve('tickets.db'))
  })

  it("keeps a database's password, and does not show it", async () => {
    const change = await setSetting(place(), 'store', ['postgres://me:SECRET@db.example/tickets'])
    assert.equal(change.after, 'postgres://db.example')
    assert.match((await text()) ?? '', /SECRET/)
    const again = await setSetting(place(), 'store', ['postgres://me:OTHER@db.example/tickets'])
    assert.equal(again.before, 'postgres://db.example')
    assert.equal(again.after, 'postgres://db.example (another path)')
    const wrong = await failure(() =>
      setSetting(place(), 'store', ['postgre://me:SECRET@db.example/tickets']),
    )
    assert.equal(wrong.code, 'STORE_INVALID')
    assert.ok(!JSON.stringify(wrong).includes('SECRET'))
  })

  it('takes the name of a devnet account on the devnet only', async () => {
    assert.equal((await failure(() => setSetting(place(), 'account', ['gateway-2']))).code, 'ACCOUNT_UNKNOWN')
    await setSetting(place(), 'network', ['devnet'])
    assert.equal((await setSetting(place(), 'account', ['gateway-2'])).after, 'gateway-2')
  })

  for (const [key, values, code, exitCode, message, next] of [
    [
      'account',
      [`${address.slice(0, -1)}9`],
      'ADDRESS_CHECKSUM',
      2,
      `${address.slice(0, -1)}9 is an address with a wrong checksum`,
      'copy the address again from where it comes from: a character is wrong',
    ],
    [
      'account',
      ['gatway-1'],
      'ACCOUNT_UNKNOWN',
      4,
      'there is no account "gatway-1" on this network',
      'did you mean gateway-1, with --network devnet?',
    ],
    [
      'network',
      ['mainnet'],
      'NETWORK_UNKNOWN',
      4,
      'there is no network "mainnet"',
      'choose one of: arbitrum-one-mainnet, devnet',
    ],
    [
      'rpc-urls',
      ['ftp://x'],
      'RPC_URL_INVALID',
      4,
      'RPC URL number 1 does not begin with http:// or https://',
      undefined,
    ],
    [
      'max-fee-per-gas',
      ['1,5'],
      'AMOUNT_INVALID',
      2,
      '"1,5" is not an amount: write decimals with a point',
      'write amounts like 0.1, 0.1eth, 5gwei or 1000wei',
    ],
    [
      'timeout',
      ['0s'],
      'DURATION_INVALID',
      2,
      '"0s" is not a duration',
      'write durations like 90s, 5m, 2h or 1d',
    ],
    [
      'confirmations',
      ['1.5'],
      'CONFIRMATIONS_INVALID',
      2,
      '"1.5" is not a number of confirmations from 1 to 1000',
      '--confirmations 3',
    ],
    [
      'default-profile',
      ['nobody'],
      'PROFILE_UNKNOWN',
      4,
      'there is no profile "nobody" in the configuration',
      'make it: lp-pay init --profile nobody',
    ],
    [
      'account',
      [],
      'VALUE_MISSING',
      2,
      'account needs a value',
      'lp-pay config set account VALUE, or lp-pay config set account --unset',
    ],
    [
      'account',
      [address, address],
      'VALUE_SURPLUS',
      2,
      'account takes one value, these are 2',
      'put a value that has spaces in quotes',
    ],
  ] as [SettingKey, string[], string, number, string, string | undefined][]) {
    it(`refuses ${key} ${values.join(' ')}, and writes nothing`, async () => {
      const found = await failure(() => setSetting(place(), key, values))
      assert.deepEqual(found, { code, exitCode, message, next: next ?? found.next })
      assert.equal(await text(), undefined)
    })
  }

  it('refuses a name that would be awkward', async () => {
    for (const name of ['', 'a b', '--yes', '__proto__', 'a/b', 'x'.repeat(41)]) {
      assert.equal((await failure(() => setSetting(place(name), 'network', ['devnet']))).code, 'NAME_INVALID')
    }
  })

  it('refuses to change a file that is not valid', async () => {
    await put('profiles:\n  main: [\n')
    assert.match(
      (await failure(() => setSetting(place('main'), 'network', ['devnet']))).message,
      /at line 3, column 1/,
    )
    assert.equal(await text(), 'profiles:\n  main: [\n')
  })

  describe('unsetSetting', () => {
    it('takes a setting out', async () => {
      await put('default-profile: main\nprofiles:\n  main: # mine\n    network: devnet\n    timeout: soon\n')
      const { before, after } = await unsetSetting(place(), 'timeout')
      assert.deepEqual([before, after], ['soon', null])
      await unsetSetting(place(), 'default-profile')
      assert.equal(await text(), 'profiles:\n  main:\n    # mine\n    network: devnet\n')
    })

    it('does nothing when it is not there', async () => {
      await put('profiles:\n  main: {}\n')
      assert.equal((await unsetSetting(place('main'), 'timeout')).before, null)
      assert.equal(await text(), 'profiles:\n  main: {}\n')
    })

    it('refuses a profile that is not there, and a value', async () => {
      assert.equal((await failure(() => unsetSetting(place('none'), 'timeout'))).code, 'PROFILE_UNKNOWN')
      assert.equal((await failure(() => unsetSetting(place(), 'timeout', ['5m']))).code, 'VALUE_SURPLUS')
    })
  })

  it('knows the names of settings', () => {
    assert.equal(parseSettingKey('rpc-urls', ['profile']), 'rpc-urls')
    assert.equal(parseSettingKey('profile', ['profile']), 'profile')
    assert.throws(() => parseSettingKey('acount', []), {
      code: 'SETTING_UNKNOWN',
      message: 'there is no setting "acount"',
      nextSteps: ['did you mean account?'],
    })
  })
})
