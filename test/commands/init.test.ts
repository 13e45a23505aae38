import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'

import { keys } from '../helpers/pseudo-terminal.ts'
import type { Step } from '../helpers/pseudo-terminal.ts'
import { useUser } from '../helpers/user.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const controller = '0xD8E8328501E9645d16Cf49539efC04f734606ee4'
/** Nothing listens there. */
const deadUrl = 'http://127.0.0.1:9/SECRET'

describe('lp-pay init', () => {
  const user = useUser()

  describe('without a terminal', () => {
    it('asks nothing, and names what needs no terminal', async () => {
      assert.deepEqual(await user.run(['init']), {
        stdout: '',
        stderr:
          'error: there is no terminal to ask at; nothing was written (next: give all values: lp-pay init --yes --network NAME --rpc-url URL --account ADDRESS)\n',
        code: 3,
        signal: null,
      })
      const { error } = JSON.parse((await user.run(['init', '--json'])).stdout) as {
        error: { code: string; nextSteps: string[] }
      }
      assert.equal(error.code, 'SETUP_NEEDS_TERMINAL')
      assert.equal(error.nextSteps[1], 'or set them one by one: lp-pay config set KEY VALUE')
    })

    it('writes what flags say', async () => {
      const { stdout, stderr, code } = await user.run([
        ...['init', '--yes', '--skip-check', '--profile', 'main', '--network', 'arbitrum-one-mainnet'],
        ...['--rpc-url', 'https://a.example/SECRET', '--rpc-url', 'https://b.example', '--account', address],
      ])
      assert.equal(code, 0, stderr)
      assert.equal(stdout, `wrote profile main to ${user.configFile}\n\nnext:\n  lp-pay status\n`)
      assert.ok(!stderr.includes('SECRET'))
      assert.match(stderr, /^warning: the private key of 0x7099.* is published/)
      assert.equal(
        await user.config(),
        [
          'profiles:',
          '  main:',
          '    network: arbitrum-one-mainnet',
          '    rpc-urls:',
          '      - https://a.example/SECRET',
          '      - https://b.example',
          `    account: "${address}"`,
          'default-profile: main',
          '',
        ].join('\n'),
      )
    })

    it('describes a network of the user', async () => {
      const args = [
        'init',
        '--yes',
        '--skip-check',
        '--network',
        'testchain',
        '--rpc-url',
        'https://a.example',
      ]
      const { code, stderr } = await user.run([...args, '--chain-id', '421614', '--controller', controller])
      assert.equal(code, 0, stderr)
      assert.match(
        (await user.config()) ?? '',
        new RegExp(`^networks:\n  testchain:\n    chain-id: 421614\n    controller: "${controller}"$`, 'm'),
      )
      assert.equal((await user.run(['config', 'get', 'network'])).stdout, 'testchain\n')
    })

    it('says that there is nothing to do the second time', async () => {
      const args = ['init', '--yes', '--skip-check', '--network', 'devnet']
      await user.run(args)
      const before = await user.config()
      const { stdout, stderr, code } = await user.run(args)
      assert.equal(code, 0)
      assert.equal(stderr, '')
      assert.match(stdout, /^nothing to do: profile default in .* is like this already\n/)
      assert.equal(await user.config(), before)
    })

    it('answers as JSON', async () => {
      const { stdout } = await user.run(['init', '--yes', '--skip-check', '--network', 'devnet', '--json'])
      assert.deepEqual((JSON.parse(stdout) as { result: unknown }).result, {
        path: user.configFile,
        profile: 'default',
        network: 'devnet',
        account: null,
        differences: [
          { setting: 'network', before: null, after: 'devnet' },
          { setting: 'rpc-urls', before: null, after: 'http://127.0.0.1:8545' },
        ],
        newKeystore: null,
        check: 'skipped',
        nextSteps: ['lp-pay devnet up', 'lp-pay account create'],
      })
    })

    for (const [args, code, error] of [
      [[], 2, '--network is missing, and nobody is asked (next: --network arbitrum-one-mainnet)'],
      [
        ['--network', 'arbitrum-one-mainnet'],
        2,
        '--rpc-url is missing, and nobody is asked (next: --rpc-url URL)',
      ],
      [['--network', 'devnett'], 4, 'there is no network "devnett" (next: did you mean --network devnet?)'],
      [
        ['--network', 'devnet', '--account', 'gatway-1'],
        4,
        'there is no account "gatway-1" on this network (next: did you mean gateway-1, with --network devnet?)',
      ],
      [
        ['--network', 'devnet', '--account', '0x12'],
        2,
        '"0x12" is not an address: write 0x and 40 hex digits',
      ],
      [
        ['--network', 'devnet', '--profile', 'a b'],
        2,
        '"a b" cannot be the name of a profile (next: use letters, digits, points and hyphens, 40 at most, and begin with a letter or digit)',
      ],
      [
        ['--network', 'devnet', '--chain-id', '1', '--controller', controller],
        2,
        'devnet is built in and cannot be described anew (next: choose another name for your network)',
      ],
      [['--network', 'devnet', '--rpc-url', 'SECRET'], 4, undefined],
      [['--network', 'devnet', '--rpc-url', deadUrl], 9, undefined],
    ] as const) {
      it(`refuses --yes ${args.join(' ')}, and writes nothing`, async () => {
        const result = await user.run(['init', '--yes', ...args])
        assert.equal(result.code, code)
        if (error !== undefined) assert.equal(result.stderr, `error: ${error}\n`)
        assert.match(result.stderr, /^error: .*\n$/)
        assert.ok(!result.stderr.includes('SECRET'))
        assert.equal(result.stdout, '')
        assert.equal(await user.config(), undefined)
      })
    }

    it('refuses to write into a file that is not valid', async () => {
      await user.write('config/config.yaml', 'profiles: [')
      const { code, stderr } = await user.run(['init', '--yes', '--skip-check', '--network', 'devnet'])
      assert.equal(code, 4)
      assert.match(
        stderr,
        /^error: the configuration file .* is not valid: .* at line 1, column 12 \(next: .*\)\n$/,
      )
      assert.equal(await user.config(), 'profiles: [')
    })
  })

  describe('in a terminal', () => {
    const toTheEnd: readonly Step[] = [
      ['Name of the profile: (default)', keys.enter],
      ['Network:', keys.enter],
      ['RPC URLs, with spaces between: (https://arb1.arbitrum.io/rpc)', deadUrl + keys.enter],
      ['Account:', `${keys.down}${keys.down}${keys.enter}`],
      ['Address:', address + keys.enter],
      ['The check has failed. What now:', `${keys.down.repeat(3)}${keys.enter}`],
      ['Write it? (Y/n)', keys.enter],
    ]
    const ownNetwork: readonly Step[] = [
      ['Name of the profile: (default)', keys.enter],
      ['Network:', `${keys.down}${keys.down}${keys.enter}`],
      ['Name for the network:', `testchain${keys.enter}`],
      ['Chain id:', `421614${keys.enter}`],
      ["Address of Livepeer's Controller there:", controller + keys.enter],
      ['RPC URLs', deadUrl + keys.enter],
      ['Account:', `${keys.down.repeat(3)}${keys.enter}`],
      ['The check has failed. What now:', `${keys.down.repeat(3)}${keys.enter}`],
      ['Write it? (Y/n)', keys.enter],
    ]
    const otherFolder: readonly Step[] = [
      ...toTheEnd.slice(0, 3),
      ['Account:', `${keys.down}${keys.enter}`],
      ['Folder with keystores:', `~/none${keys.enter}`],
      ['there is no keystore in', ''],
      ['Account:', keys.ctrlC],
    ]
    const newAccount: readonly Step[] = [
      ...toTheEnd.slice(0, 3),
      ['Account:', keys.enter],
      ...toTheEnd.slice(5),
      ['New password for the new account:', `long enough${keys.enter}`],
      ['The same again:', keys.ctrlC],
    ]

    it('writes what cannot be checked only when told to', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(...toTheEnd)
      await terminal.waitFor('wrote profile default')
      assert.equal(await terminal.exitCode(), 0)
      assert.match((await user.config()) ?? '', new RegExp(`account: "${address}"`))
      assert.match(terminal.screen, /the check against the chain has failed/)
    })

    it('shows nothing of a URL but its origin once it is entered', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(...toTheEnd.slice(0, 5))
      await terminal.waitFor('The check has failed')
      assert.match(terminal.screen, /spaces between: http:\/\/127\.0\.0\.1:9\n/)
      assert.match(terminal.screen, /✖ .*127\.0\.0\.1:9.*\n/)
    })

    it('asks for a network of the user', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(...ownNetwork)
      assert.equal(await terminal.exitCode(), 0)
      assert.match((await user.config()) ?? '', /^ {2}testchain:\n {4}chain-id: 421614$/m)
    })

    it('asks again for what it cannot take', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(
        ['Name of the profile: (default)', `a b${keys.enter}`],
        ['> "a b" cannot be the name of a profile', `${keys.clearLine}main${keys.enter}`],
        ['Network:', `${keys.down}${keys.down}${keys.enter}`],
        ['Name for the network:', `devnet${keys.enter}`],
        ['> devnet is built in and cannot be described anew', `${keys.clearLine}testchain${keys.enter}`],
        ['Chain id:', `x${keys.enter}`],
        ['> "x" is not a chain id: it is a whole number', `${keys.clearLine}421614${keys.enter}`],
        ["Address of Livepeer's Controller there:", `0x12${keys.enter}`],
        ['> "0x12" is not an address', keys.clearLine + controller + keys.enter],
        ['RPC URLs', `SECRET${keys.enter}`],
        ['> RPC URL number 1 does not begin with http:// or https://', keys.ctrlC],
      )
      assert.equal(await terminal.exitCode(), 3)
    })

    it('leaves without writing when told to', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(...toTheEnd.slice(0, 5), ['What now:', `${keys.down.repeat(4)}${keys.enter}`])
      assert.equal(await terminal.exitCode(), 3)
      assert.match(
        terminal.screen,
        /error: left without an answer; nothing was written \(next: lp-pay init\)\n$/,
      )
      assert.equal(await user.config(), undefined)
    })

    it('writes nothing without a yes', async () => {
      const terminal = user.open(['init'])
      await terminal.answer(...toTheEnd.slice(0, -1), ['Write it? (Y/n)', `n${keys.enter}`])
      assert.equal(await terminal.exitCode(), 3)
      assert.match(terminal.screen, /error: declined; nothing was written \(next: lp-pay init\)\n$/)
      assert.equal(await user.config(), undefined)
    })

    const cancelAtEach = [
      ...toTheEnd.map((_, at) => toTheEnd.slice(0, at + 1)),
      ...ownNetwork.map((_, at) => ownNetwork.slice(0, at + 1)).slice(2, 5),
      otherFolder.slice(0, 5),
      otherFolder,
      newAccount.slice(0, -1),
      newAccount,
    ]
    for (const steps of cancelAtEach) {
      const question = steps.at(-1)?.[0] ?? ''
      it(`ends with one line at Ctrl-C after "${question}", and writes nothing`, async () => {
        const terminal = user.open(['init'])
        await terminal.answer(...steps.slice(0, -1), [question, keys.ctrlC])
        assert.equal(await terminal.exitCode(), 3)
        assert.match(
          terminal.screen,
          /\nerror: cancelled at the prompt; nothing was written \(next: repeat the command\)\n$/,
        )
        assert.doesNotMatch(terminal.screen, /^ {4}at /m)
        assert.deepEqual(await readdir(user.home), [])
      })
    }
  })
})
