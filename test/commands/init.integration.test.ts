import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import { useTestDevnet } from '../helpers/devnet.ts'
import { keys } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'
import { makeKeystoreText, testAddress } from '../lib/account/keystore-builder.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const noLivepeer = '0x000000000000000000000000000000000000dEaD'

describe('lp-pay init with a chain', () => {
  const devnet = useTestDevnet()
  const user = useUser()

  it('checks what was answered, shows it, and writes it', async () => {
    await user.write('.lpData/devnet/keystore/one', makeKeystoreText())
    const terminal = user.open(['init'], { columns: 80 })
    await terminal.answer(
      ['Name of the profile: (default)', keys.enter],
      ['Network:', keys.down + keys.enter],
      ['(http://127.0.0.1:8545)', devnet.rpcUrl + keys.enter],
    )
    await terminal.waitFor(`${user.home}/.lpData/devnet/keystore`)
    await terminal.waitFor(testAddress)
    // gateway-1 is proposed; the keystore comes after the last devnet account.
    terminal.send(keys.down.repeat(6) + keys.enter)
    await terminal.waitFor(`✔ ${devnet.rpcUrl} is on the right chain, with the right contracts`)
    await terminal.waitFor('✔ chain 31337, round 1001')
    await terminal.waitFor('wallet 0 ETH, deposit 0 ETH, reserve 0 ETH, empty')
    await terminal.waitFor('new profile default in')
    await terminal.waitFor('Write it? (Y/n)')
    assert.equal(await user.config(), undefined)
    terminal.send(keys.enter)
    await terminal.waitFor('lp-pay status')
    assert.equal(await terminal.exitCode(), 0)
    assert.equal(
      await user.config(),
      [
        'profiles:',
        '  default:',
        '    network: devnet',
        '    rpc-urls:',
        `      - ${devnet.rpcUrl}`,
        `    account: "${testAddress}"`,
        `    keystore: ${user.home}/.lpData/devnet/keystore`,
        '',
      ].join('\n'),
    )
    const status = await user.run(['status'])
    assert.match(status.stdout, new RegExp(`^address +${testAddress}$`, 'm'))
  })

  it('shows what changes in a profile, asks, and keeps everything else', async () => {
    const text = [
      '# mine',
      'profiles:',
      '  default: # for trying things out',
      '    network: devnet',
      '    rpc-urls:',
      `      - ${devnet.rpcUrl}`,
      '    account: gateway-1',
      '    timeout: 10m',
      '  other:',
      '    network: devnet',
      '',
    ].join('\n')
    await user.write('config/config.yaml', text)
    const change = async (yes: string) => {
      const terminal = user.open(['init'])
      await terminal.answer(['Name of the profile: (default)', keys.enter])
      await terminal.waitFor('the profile default is there already: what it says is proposed')
      await terminal.answer(
        ['Network:', keys.enter],
        [`keep ${devnet.rpcUrl}`, keys.enter],
        ['Account:', keys.down + keys.enter],
      )
      await terminal.waitFor('account  gateway-1 -> gateway-2')
      await terminal.answer(['Change the profile? (y/N)', yes + keys.enter])
      return terminal
    }
    const declined = await change('')
    assert.equal(await declined.exitCode(), 3)
    assert.equal(await user.config(), text)
    const accepted = await change('y')
    assert.equal(await accepted.exitCode(), 0)
    assert.equal(
      await user.config(),
      text
        .replace('default: # for trying things out', 'default:\n    # for trying things out')
        .replace('gateway-1', 'gateway-2'),
    )
  })

  it('makes a new account once it is told to write', async () => {
    const terminal = user.open(['init', '--profile', 'main'])
    await terminal.answer(
      ['Name of the profile: (main)', keys.enter],
      ['Network:', keys.down + keys.enter],
      ['RPC URLs', devnet.rpcUrl + keys.enter],
      ['Account:', keys.down.repeat(6) + keys.enter],
    )
    await terminal.waitFor('a new one, made once you say yes')
    await terminal.answer(
      ['Write it? (Y/n)', keys.enter],
      ['New password for the new account:', `long enough${keys.enter}`],
      ['The same again:', `long enough${keys.enter}`],
    )
    await terminal.waitFor('new keystore: ')
    assert.equal(await terminal.exitCode(), 0)
    const { accounts } = (
      JSON.parse((await user.run(['account', 'list', '--json'])).stdout) as {
        result: { accounts: { address: string; file: string | null; inUse: boolean }[] }
      }
    ).result
    const made = accounts.find(({ file }) => file !== null)
    assert.equal(made?.inUse, true)
    assert.match((await user.config()) ?? '', new RegExp(`account: "${made.address}"`))
  })

  it('lets another RPC be entered when the first is of another chain', async () => {
    const terminal = user.open(['init'])
    await terminal.answer(
      ['Name of the profile:', keys.enter],
      ['Network:', keys.enter],
      ['RPC URLs', `${devnet.rpcUrl}/SECRET${keys.enter}`],
      ['Account:', keys.down.repeat(3) + keys.enter],
    )
    await terminal.waitFor('✖ ')
    await terminal.answer(
      ['What now:', keys.down + keys.enter],
      ['Network:', keys.down + keys.enter],
      ['RPC URLs', devnet.rpcUrl + keys.enter],
      ['Account:', keys.enter],
    )
    await terminal.waitFor('wallet 10000 ETH')
    await terminal.answer(['Write it? (Y/n)', keys.enter])
    assert.equal(await terminal.exitCode(), 0)
    assert.match((await user.config()) ?? '', /network: devnet/)
  })

  it('ends with exit code 3 when it is interrupted while it asks the chain', async () => {
    const silent = createServer(() => undefined)
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const { port } = silent.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    try {
      const terminal = user.open(['init'])
      await terminal.answer(
        ['Name of the profile:', keys.enter],
        ['Network:', keys.down + keys.enter],
        ['RPC URLs', url + keys.enter],
        ['Account:', keys.enter],
        [`asking ${url}`, keys.ctrlC],
      )
      assert.equal(await terminal.exitCode(), 3)
      assert.match(terminal.screen, /error: interrupted; nothing was written \(next: lp-pay init\)\n$/)
      assert.equal(await user.config(), undefined)
    } finally {
      silent.close()
    }
  })

  describe('without a terminal', () => {
    it('checks and writes', async () => {
      const args = [
        'init',
        '--yes',
        '--network',
        'devnet',
        '--rpc-url',
        devnet.rpcUrl,
        '--account',
        'gateway-1',
      ]
      const { stdout, stderr, code } = await user.run(args)
      assert.equal(code, 0, stderr)
      assert.match(stderr, /wallet 10000 ETH, deposit 0 ETH, reserve 0 ETH, empty/)
      assert.equal(stdout, `wrote profile default to ${user.configFile}\n\nnext:\n  lp-pay status\n`)
      assert.equal((await user.run(['status'])).code, 0)
    })

    it('takes the URL from the variable', async () => {
      const { code } = await user.run(['init', '--yes', '--network', 'devnet', '--json'], {
        env: { LP_PAY_RPC_URL: devnet.rpcUrl },
      })
      assert.equal(code, 0)
      assert.match((await user.config()) ?? '', new RegExp(`- ${devnet.rpcUrl}$`, 'm'))
    })

    it('refuses an RPC of another chain, and a chain without the contracts', async () => {
      for (const [args, error] of [
        [
          ['--network', 'arbitrum-one-mainnet', '--account', gateway],
          /^error: .*127\.0\.0\.1.* 31337.* \(next: .*\)$/m,
        ],
        [
          ['--network', 'mine', '--chain-id', '31337', '--controller', noLivepeer],
          /^error: .*mine.* \(next: .*\)$/m,
        ],
      ] as const) {
        const result = await user.run(['init', '--yes', '--rpc-url', `${devnet.rpcUrl}/`, ...args])
        assert.equal(result.code, 4)
        assert.match(result.stderr, error)
        assert.equal(result.stdout, '')
        assert.equal(await user.config(), undefined)
      }
    })
  })
})
