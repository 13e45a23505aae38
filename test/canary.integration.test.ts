import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'

import { commands } from '../src/commands/index.ts'
import { findFreePort } from '../src/lib/devnet/free-port.ts'
import { useTestDevnet } from './helpers/devnet.ts'
import { startFaultProxy } from './helpers/fault-proxy.ts'
import type { Fault, FaultProxy } from './helpers/fault-proxy.ts'
import { useNodeServer } from './helpers/node-server.ts'
import { runCli } from './helpers/run-cli.ts'
import type { RunResult } from './helpers/run-cli.ts'
import { makeKeystoreText } from './lib/account/keystore-builder.ts'
import { fund, nonceOf, unlock } from './lib/sender/on-chain.ts'
import { leaksBelow, leaksIn, secretKey, secretText } from './lib/text/planted-secrets.ts'

const key: Hex = '0x5ec2e7ca9a2b1f0d5ec2e7ca9a2b1f0d5ec2e7ca9a2b1f0d5ec2e7ca9a2b1f0d'
const otherKey: Hex = '0x0bad5eed4f3c2b1a0bad5eed4f3c2b1a0bad5eed4f3c2b1a0bad5eed4f3c2b1a'
const password = 'Canary-Pässwörd 50% +/?'
const wrongPassword = 'Canary-Wröng 50% +/?'
const user = 'canaryuser'
const userPassword = 'canary pass/word'
const path = '/v3/canarypath+key'
const query = 'token=canaryquery%2Bkey&canaryname'
const address = privateKeyToAddress(key)

const keys = [secretKey('private key', key), secretKey('other private key', otherKey)]
const passwords = [secretText('password', password), secretText('wrong password', wrongPassword)]
const urlParts = [
  secretText('user', user),
  secretText('user password', userPassword),
  secretText('authorization', Buffer.from(`${user}:${userPassword}`).toString('base64')),
  secretText('path', 'canarypath+key'),
  secretText('query', 'canaryquery+key'),
  secretText('query name', 'canaryname'),
]
const secrets = [...keys, ...passwords, ...urlParts]

function withSecrets(url: string): string {
  return `${withUser(url)}${path}?${query}`
}

function withUser(url: string): string {
  const userInfo = `${user}:${encodeURIComponent(userPassword)}`
  return url.replace('http://', `http://${userInfo}@`)
}

/** All that an RPC knows of us, as it could put it into an error. */
const tattle = `cannot POST ${path}?${query} of ${user}:${userPassword} at ${withSecrets('http://rpc.example')}`

/** A user's home: keystore, password files, configuration, all with secrets in them. */
interface World {
  readonly home: string
  readonly proxy: FaultProxy
  run(words: readonly string[], input?: string): Promise<RunResult>
  file(name: string): string
}

type Words = readonly string[]
type MakeWords = (world: World) => Words | Promise<Words>

/** What a command is run with: to succeed, and to fail by itself. The failures of RPC and password come on top. */
interface Scenarios {
  readonly connects?: boolean
  readonly signs?: boolean
  readonly succeeds: MakeWords
  readonly input?: string
  readonly fails: Readonly<Record<string, MakeWords>>
}

const keyAsAddress = { 'a key where an address belongs': () => [key] }

describe('what is secret', () => {
  const chain = useTestDevnet()
  const nodes = useNodeServer()
  const homes: string[] = []
  let proxy: FaultProxy
  let paths: Set<string>
  let authorizations: Set<string | undefined>

  before(() => {
    paths = new Set()
    authorizations = new Set()
  })
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    await chain.rpc('anvil_setBalance', [address, '0x56bc75e2d63100000'])
    await chain.rpc('anvil_impersonateAccount', [address])
  })
  afterEach(async () => {
    for (const request of proxy.requests) {
      paths.add(request.path)
      authorizations.add(request.authorization)
    }
    await proxy.stop()
    for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true })
  })

  const fundOwn = () => fund(chain, 10n ** 17n, 10n ** 17n, address)
  const unlockOwn = () => unlock(chain, address)

  async function makeWorld(rpcUrl = proxy.url): Promise<World> {
    const home = await mkdtemp(join(tmpdir(), 'lp-pay-canary-'))
    homes.push(home)
    const file = (name: string) => join(home, name)
    const write = async (name: string, text: string) => {
      await mkdir(dirname(file(name)), { recursive: true, mode: 0o700 })
      await writeFile(file(name), text, { mode: 0o600 })
    }
    await chmod(home, 0o700)
    const keystore = makeKeystoreText({ key, password, address: address.slice(2).toLowerCase() })
    await write(`data/keystore/UTC--2026-01-01T00-00-00.0Z--${address.slice(2).toLowerCase()}`, keystore)
    await write('secret/password', `${password}\n`)
    await write('secret/wrong-password', `${wrongPassword}\n`)
    await write('secret/key', `${otherKey}\n`)
    await write('secret/damaged-key', `${otherKey}zz\n`)
    await write(
      'config/config.yaml',
      [
        'default-profile: main',
        'profiles:',
        '  main:',
        '    network: devnet',
        `    account: "${address}"`,
        `    rpc-urls: [${JSON.stringify(withSecrets(rpcUrl))}]`,
        `    password-file: ${JSON.stringify(file('secret/password'))}`,
        '    timeout: 20s',
        '',
      ].join('\n'),
    )
    return {
      home,
      proxy,
      file,
      run: (words, input) =>
        runCli(words, {
          env: {
            HOME: home,
            LP_PAY_CONFIG_DIR: file('config'),
            LP_PAY_DATA_DIR: file('data'),
            ...debugFor(words),
          },
          ...(input !== undefined && { input }),
        }),
    }
  }

  /** The chain has never seen its bytes. */
  async function depositIntoTheUnknown(world: World): Promise<string> {
    const remove = proxy.inject({
      method: 'eth_sendRawTransaction',
      do: { kind: 'status', status: 502, body: tattle },
    })
    const lost = await world.run(['deposit', '0.1', '--yes', '--timeout', '1s', '--json'])
    remove()
    await assertKept(world, lost)
    return (JSON.parse(lost.stdout) as { error: { details: { hash: string } } }).error.details.hash
  }

  async function deposit(world: World): Promise<string> {
    const { stdout } = await world.run(['deposit', '0.1', '--yes', '--json'])
    return (JSON.parse(stdout) as { result: { transaction: { hash: string } } }).result.transaction.hash
  }

  /** Signs winners, and gives the path of their file. */
  async function ticketFile(world: World): Promise<string> {
    const path = world.file('winners.ndjson')
    await rm(path, { force: true })
    await assertKept(world, await world.run(['tickets', 'create', ...creatingTickets, '--output', path]))
    return path
  }

  /** Imports winners, and gives the hash of one. */
  async function importTickets(world: World): Promise<string> {
    await world.run(['tickets', 'import', await ticketFile(world)])
    const { stdout } = await world.run(['tickets', 'list', '--json'])
    return (JSON.parse(stdout) as { result: { tickets: { hash: string }[] } }).result.tickets[0]?.hash ?? ''
  }

  async function priceFile(world: World): Promise<string> {
    const path = world.file('prices.yaml')
    await writeFile(path, 'gateway:\n  maxPrice: 2000wei/pixel\n')
    return path
  }

  /** A node behind a proxy that wants a password. */
  async function fileAndNode(world: World): Promise<Words> {
    const { url } = await nodes.start({ maxPrice: '2000' })
    return ['--file', await priceFile(world), '--node', withUser(url)]
  }

  const nodeFails = {
    'a node that is not there': async (world: World) => [
      ...['--file', await priceFile(world)],
      ...['--node', withUser(`http://127.0.0.1:${String(await findFreePort())}`)],
    ],
    'a node that tells what it knows of us': async (world: World) => {
      const node = await nodes.start()
      const tales = `no ${user}:${userPassword} at ${withUser(node.url)}`
      node.interfere('/IsOrchestrator', (response) => response.writeHead(400).end(tales))
      return ['--file', await priceFile(world), '--node', withUser(node.url)]
    },
    'a node with a path': async (world: World) => [
      ...['--file', await priceFile(world), '--node', withSecrets('http://node.example')],
    ],
    'a key where a URL belongs': async (world: World) => ['--file', await priceFile(world), '--node', key],
  }
  const amountFails = {
    'more than the wallet holds': () => ['1000', '--yes'],
    'a key where an amount belongs': () => [key],
    'a key where an address belongs': () => ['0.1', '--for', key],
    'a key as the account': () => ['0.1', '--account', key],
    'no terminal': () => ['0.1'],
  }
  const pricesFail = {
    'a file with a key': ({ file }: World) => ['--file', file('secret/key')],
    'a file with a password': ({ file }: World) => ['--file', file('secret/password')],
  }
  const emptyFails = { 'nothing there': () => ['--yes'], 'a key as the account': () => ['--account', key] }

  const scenarios: Readonly<Record<string, Scenarios>> = {
    'account:create': {
      succeeds: () => [],
      fails: { 'a password file that is not there': ({ file }) => ['--password-file', file('secret/none')] },
    },
    'account:import': {
      succeeds: ({ file }) => ['--key-file', file('secret/key')],
      fails: {
        'a damaged key': ({ file }) => ['--key-file', file('secret/damaged-key')],
        'a password as a keystore': ({ file }) => ['--keystore-file', file('secret/password')],
      },
    },
    'account:list': { succeeds: () => [], fails: { 'a key as the account': () => ['--account', key] } },
    'account:show': { succeeds: () => [], fails: keyAsAddress },
    check: {
      connects: true,
      succeeds: () => [],
      fails: { 'a deposit that is not there': () => ['--deposit-at-least', '1'], ...keyAsAddress },
    },
    completion: {
      succeeds: () => ['bash'],
      fails: { 'a shell that is none': () => [key], 'a word too many': () => ['bash', key] },
    },
    'config:get': {
      succeeds: () => ['rpc-urls'],
      fails: { 'a URL where a setting belongs': () => [withSecrets('http://rpc.example')] },
    },
    'config:path': { succeeds: () => [], fails: {} },
    'config:set': {
      succeeds: () => ['rpc-urls', withSecrets('http://rpc.example')],
      fails: {
        'an API key where a URL belongs': () => ['rpc-urls', 'canaryquery+key'],
        'a URL with a mistake': () => ['rpc-urls', `ttp://rpc.example${path}?${query}`],
        'a key as the account': () => ['account', key],
        'a URL where a network belongs': () => ['network', withSecrets('http://rpc.example')],
        'a URL where a setting belongs': () => [withSecrets('http://rpc.example'), 'x'],
      },
    },
    'config:show': { succeeds: () => [], fails: { 'a key as the account': () => ['--account', key] } },
    demo: { succeeds: () => [], fails: { 'a word too many': () => [key] } },
    deposit: { connects: true, signs: true, succeeds: () => ['0.1', '--yes'], fails: amountFails },
    'devnet:advance': {
      succeeds: ({ proxy: { url } }) => ['--rpc-url', withSecrets(url)],
      fails: {
        'nobody there': async () => [
          '--rpc-url',
          withSecrets(`http://127.0.0.1:${String(await findFreePort())}`),
        ],
        'another protocol': () => ['--rpc-url', withSecrets('http://rpc.example').replace('http', 'https')],
        'a key as the number of rounds': () => ['--rounds', key],
        'an API key where a URL belongs': () => ['--rpc-url', 'canaryquery+key'],
      },
    },
    'devnet:down': {
      succeeds: async (world) => upOnFreePort(world),
      fails: { 'nothing there': async () => ['--port', String(await findFreePort())] },
    },
    'devnet:status': { succeeds: () => [], fails: { 'a flag too many': () => ['--no-such-flag'] } },
    'devnet:up': {
      succeeds: async () => ['--port', String(await findFreePort())],
      fails: { 'a port that is taken': () => ['--port', String(chain.port)] },
    },
    init: {
      connects: true,
      succeeds: ({ proxy: { url } }) => initWords(url),
      fails: {
        'an API key where a URL belongs': () => [
          '--yes',
          '--network',
          'devnet',
          '--rpc-url',
          'canaryquery+key',
        ],
        'a key as the account': ({ proxy: { url } }) => [...initWords(url).slice(0, -1), key],
      },
    },
    reserve: { connects: true, signs: true, succeeds: () => ['0.1', '--yes'], fails: amountFails },
    'fees:show': { connects: true, succeeds: () => [], fails: keyAsAddress },
    'fees:withdraw': {
      connects: true,
      succeeds: () => ['--yes'],
      fails: {
        'more than there is': () => ['1', '--yes'],
        'a key as the address to pay': () => ['--to', key, '--yes'],
      },
    },
    params: {
      connects: true,
      succeeds: () => [],
      fails: { ...keyAsAddress, 'a key as a gas price': () => ['--gas-price', key] },
    },
    'simulate:audit': {
      succeeds: async (world) => [await ticketFile(world), '--tickets', '2'],
      fails: {
        'a file with a key': ({ file }) => [file('secret/key')],
        'a file with a key as tallies': ({ file }) => ['--tallies', file('secret/key')],
        'a key as the file': () => [key],
        'a key as the tallies': () => ['--tallies', key],
        'a database of another kind': () => ['--tickets', '2', '--store', withSecrets('http://rpc.example')],
      },
    },
    'simulate:deposit': {
      connects: true,
      succeeds: () => ['--spend', '0.012eth', '--sender', address],
      fails: {
        'a file with a key as the workload': ({ file }) => ['--workload', file('secret/key')],
        'a key as the spend': () => ['--spend', key],
        'a key as the sender': () => ['--spend', '0.012eth', '--sender', key],
        'a key as the picture': () => ['--spend', '0.012eth', '--svg', key],
      },
    },
    'simulate:earnings': {
      connects: true,
      succeeds: () => ['--spend', '0.012eth', '--sender', address],
      fails: {
        'a file with a password as the workload': ({ file }) => ['--workload', file('secret/password')],
        'a key as the face value': () => ['--spend', '0.012eth', '--face-value', key],
      },
    },
    'simulate:gas': {
      connects: true,
      succeeds: () => ['--sender', address],
      fails: { 'a key as a gas price': () => ['--from', key] },
    },
    'simulate:tickets': {
      succeeds: () => ['--tickets', '100', '--seed', '7'],
      fails: {
        'a key as the seed': () => ['--seed', key],
        'a key as the number of gateways': () => ['--senders', key],
        'a key as the file to write': () => ['--output', `/nowhere/${key}`],
        'a key as the deposit': () => ['--deposit', key],
      },
    },
    status: { connects: true, succeeds: () => [], fails: keyAsAddress },
    'price:apply': {
      succeeds: async (world) => [...(await fileAndNode(world)), '--yes'],
      fails: nodeFails,
    },
    'price:check': {
      succeeds: async (world) => ['--file', await priceFile(world)],
      fails: pricesFail,
    },
    'price:convert': {
      connects: true,
      succeeds: () => ['3.50USD/hour', '--as', '720p30'],
      fails: {
        'a key as the price': () => [key],
        'a key as the price, without 0x': () => [key.slice(2)],
        'a key as what to say it in': () => ['1wei/pixel', '--to', key],
        'a key as the rate': () => ['1USD/pixel', '--rate', key],
        'a key as the feed': () => ['1USD/pixel', '--feed', key],
      },
    },
    'price:diff': { succeeds: fileAndNode, fails: nodeFails },
    'price:export': {
      succeeds: async (world) => ['--file', await priceFile(world)],
      fails: pricesFail,
    },
    'price:init': {
      succeeds: ({ file }) => ['--file', file('new.yaml'), '--set', 'gateway.maxPrice=2000wei/pixel'],
      fails: {
        'a key as a value': ({ file }) => ['--file', file('new.yaml'), '--set', `gateway.maxPrice=${key}`],
        'a key as a value of nothing': ({ file }) => ['--file', file('new.yaml'), '--set', key],
      },
    },
    'price:match': {
      succeeds: async (world) => {
        const orchestrator = world.file('orchestrator.yaml')
        await writeFile(orchestrator, 'orchestrator:\n  transcoding: 1200wei/pixel\n')
        return ['--gateway', await priceFile(world), '--orchestrator', orchestrator]
      },
      fails: {
        'a key in a service URI': async (world) => [
          ...['--gateway', await priceFile(world), '--account', 'gateway-1', '--network', 'devnet'],
          ...['--orchestrator', `https://${key}@orchestrator.example`],
        ],
      },
    },
    'price:quote': {
      connects: true,
      succeeds: () => [
        'llm',
        '--price',
        '1gwei/token',
        '--sender',
        address,
        '--face-value',
        '1gwei',
        '--ticket-ev',
        '1wei',
      ],
      fails: {
        'a key as the price': () => ['llm', '--price', key],
        'a key as the job': () => [key],
        'a key as the sender': () => ['llm', '--price', '1gwei/token', '--sender', key],
        'a key as a file of jobs': () => ['--jobs', key],
        'a key as a price file': ({ file }) => ['llm', '--file', file('secret/key')],
      },
    },
    'price:set': {
      succeeds: async (world) => ['gateway.maxPrice', '1wei/pixel', '--file', await priceFile(world)],
      fails: {
        'a key as the price': async (world) => ['gateway.maxPrice', key, '--file', await priceFile(world)],
        'a key as the name': async (world) => [key, '1wei/pixel', '--file', await priceFile(world)],
        'a key as a gateway': async (world) => [
          `orchestrator.gateways.${key}`,
          '1wei/pixel',
          '--file',
          await priceFile(world),
        ],
      },
    },
    'price:show': {
      succeeds: async (world) => ['--file', await priceFile(world)],
      fails: pricesFail,
    },
    redeem: {
      connects: true,
      signs: true,
      succeeds: async (world) => {
        await fundOwn()
        return [await ticketFile(world), '--yes']
      },
      fails: {
        'nobody who says yes': async (world) => {
          await fundOwn()
          return [await ticketFile(world)]
        },
        'a key as a ticket': () => ['--ticket', key, '--yes'],
        'a key as a sender': () => ['--only', key, '--yes'],
      },
    },
    'tickets:create': {
      connects: true,
      succeeds: () => creatingTickets,
      fails: {
        'the wrong password': ({ file }) => [
          ...creatingTickets,
          '--password-file',
          file('secret/wrong-password'),
        ],
        'a key as the recipient': () => [...creatingTickets.slice(2), '--recipient', key],
        'a key as the win probability': () => [...creatingTickets.slice(0, -5), '--win-prob', key.slice(2)],
        'a key as the account': () => [...creatingTickets, '--account', key],
      },
    },
    'tickets:decode': {
      succeeds: async (world) => [await ticketFile(world)],
      fails: {
        'a key as calldata': () => [key],
        'a key as a payment': () => [key.slice(2)],
        'a password as either': () => [password],
        'a file with a key': ({ file }) => [file('secret/key')],
      },
    },
    'tickets:export': {
      succeeds: async (world) => {
        await importTickets(world)
        return ['--output', world.file('exported.ndjson')]
      },
      fails: { 'a key as the sender': () => ['--output', 'x', '--sender', key] },
    },
    'tickets:forget': {
      succeeds: async (world) => [await importTickets(world), '--yes'],
      fails: {
        'a key as the ticket': () => [key, '--yes'],
        'a password as the ticket': () => [password, '--yes'],
      },
    },
    'tickets:import': {
      succeeds: async (world) => [await ticketFile(world)],
      fails: {
        'a file with a key': ({ file }) => [file('secret/key'), '--format', 'ndjson'],
        'a password as a table': ({ file }) => [file('secret/password'), '--format', 'csv'],
      },
    },
    'tickets:list': {
      succeeds: async (world) => {
        await importTickets(world)
        return []
      },
      fails: {
        'a database of another kind': () => ['--store', withSecrets('http://rpc.example')],
        'a URL with a mistake': () => [
          '--store',
          withSecrets('http://rpc.example').replace('http', 'postgre'),
        ],
        'a database that nobody serves': async () => ['--store', await databaseUrl()],
      },
    },
    'tickets:show': {
      succeeds: async (world) => [await importTickets(world)],
      fails: { 'a key as the ticket': () => [`${key}00`] },
    },
    'tickets:stats': {
      succeeds: () => [],
      fails: { 'a database that nobody serves': async () => ['--store', await databaseUrl()] },
    },
    'tickets:verify': {
      succeeds: async (world) => [await ticketFile(world)],
      fails: { 'a file with a key': ({ file }) => [file('secret/key')] },
    },
    'tx:list': {
      succeeds: async (world) => {
        await deposit(world)
        return []
      },
      fails: { 'a flag too many': () => ['--no-such-flag'] },
    },
    'tx:resume': {
      connects: true,
      succeeds: async (world) => [await depositIntoTheUnknown(world)],
      fails: {
        'a replacement with the wrong password': async (world) => [
          await depositIntoTheUnknown(world),
          '--raise-fee',
          '--max-fee-per-gas',
          '50',
          '--yes',
          '--password-file',
          world.file('secret/wrong-password'),
        ],
      },
    },
    'tx:show': {
      succeeds: async (world) => [await deposit(world)],
      fails: { 'nothing there': () => ['0x123456'] },
    },
    unlock: {
      connects: true,
      signs: true,
      succeeds: async () => {
        await fundOwn()
        return ['--yes']
      },
      fails: emptyFails,
    },
    'unlock:cancel': {
      connects: true,
      signs: true,
      succeeds: async () => {
        await fundOwn()
        await unlockOwn()
        return ['--yes']
      },
      fails: emptyFails,
    },
    withdraw: {
      connects: true,
      signs: true,
      succeeds: async () => {
        await fundOwn()
        await unlockOwn()
        await chain.advance(2)
        return ['--yes']
      },
      fails: emptyFails,
    },
  }

  /** What an RPC may do, each of it with all that it knows of us. */
  const rpcFaults: Readonly<Record<string, readonly Fault[]>> = {
    'an RPC that lets nobody in': [{ kind: 'status', status: 401, body: tattle }],
    'an RPC that refuses what it is asked': [
      { kind: 'jsonRpcError', code: -32_602, message: tattle, data: tattle },
    ],
    'an RPC that answers with nonsense': [{ kind: 'replaceResult', with: () => tattle }],
  }

  it('is planted in every command', () => {
    assert.deepEqual(Object.keys(scenarios).sort(), Object.keys(commands).sort())
  })

  for (const [id, scenario] of Object.entries(scenarios)) {
    const name = id.split(':')
    describe(`stays secret in ${name.join(' ')}`, () => {
      for (const format of [[], ['--json']]) {
        it(`that succeeds ${format.join('')}`, async () => {
          const world = await makeWorld()
          const words = [...name, ...(await scenario.succeeds(world)), ...format]
          const result = await world.run(words, scenario.input)
          assert.equal(result.code, 0, result.stdout + result.stderr)
          await assertKept(world, result)
          await takeDown(world, words)
        })
      }

      for (const [what, words] of Object.entries(scenario.fails)) {
        it(`that fails: ${what}`, async () => {
          await failsInBoth(await makeWorld(), async (world) => [...name, ...(await words(world))])
        })
      }

      if (scenario.connects !== true) return
      for (const [what, faults] of Object.entries(rpcFaults)) {
        it(`that fails: ${what}`, async () => {
          await failsInBoth(await makeWorld(), async (world) => {
            const words = [...name, ...(await scenario.succeeds(world))]
            for (const fault of faults) proxy.inject({ method: reads, do: fault })
            return words
          })
        })
      }

      if (scenario.signs !== true) return
      it('that fails: the wrong password', async () => {
        const code = await failsInBoth(await makeWorld(), async (world) => [
          ...name,
          ...(await scenario.succeeds(world)),
          '--password-file',
          world.file('secret/wrong-password'),
        ])
        assert.equal(code, 4)
      })

      // A redemption makes its gas limit without an estimate.
      if (id === 'redeem') return
      it('that fails: a revert', async () => {
        const code = await failsInBoth(await makeWorld(), async (world) => {
          proxy.inject({
            method: 'eth_estimateGas',
            do: { kind: 'jsonRpcError', code: 3, message: `execution reverted: ${tattle}`, data: tattle },
          })
          return [...name, ...(await scenario.succeeds(world))]
        })
        assert.equal(code, 6)
      })
    })
  }

  for (const id of ['status', 'deposit']) {
    it(`stays secret in ${id} when nobody answers`, async () => {
      const world = await makeWorld(`http://127.0.0.1:${String(await findFreePort())}`)
      const code = await failsInBoth(world, () =>
        Promise.resolve(id === 'status' ? [id] : [id, '0.1', '--yes']),
      )
      assert.equal(code, 9)
    })
  }

  it('was there to be found: the RPC and the chain have seen it', async () => {
    await deposit(await makeWorld())
    assert.equal(await nonceOf(chain, address), 1)
    const [request] = proxy.requests
    assert.equal(request?.path, `${path}?${query}`)
    assert.equal(request.authorization, `Basic ${Buffer.from(`${user}:${userPassword}`).toString('base64')}`)
    const { home } = await makeWorld()
    const found = await leaksBelow(home, () => secrets)
    assert.deepEqual([...new Set(found.map((leak) => leak.split(': ')[0]))].sort(), [
      'config/config.yaml',
      'secret/damaged-key',
      'secret/key',
      'secret/password',
      'secret/wrong-password',
    ])
  })

  after(() => {
    assert.ok([...paths].every((seen) => seen === `${path}?${query}`))
    assert.ok(authorizations.size === 1)
  })

  /** Runs a command in text and in JSON: both fail alike, and neither tells. */
  async function failsInBoth(world: World, words: (world: World) => Promise<Words>): Promise<number | null> {
    const all = await words(world)
    const [text, json] = await Promise.all([world.run(all), world.run([...all, '--json'])])
    for (const result of [text, json]) {
      await assertKept(world, result)
      assert.ok(
        result.code !== null && result.code > 1,
        `${String(result.code)}: ${result.stdout}${result.stderr}`,
      )
    }
    assert.equal(text.code, json.code)
    assert.doesNotMatch(text.stderr, /^ +at /m)
    const { ok, error } = JSON.parse(json.stdout) as { ok: boolean; error: { exitCode: number } }
    assert.deepEqual([ok, error.exitCode, json.stderr], [false, json.code, ''])
    return text.code
  }

  async function assertKept({ home }: World, { stdout, stderr }: RunResult): Promise<void> {
    assert.deepEqual(leaksIn(stdout, secrets), [], stdout)
    assert.deepEqual(leaksIn(stderr, secrets), [], stderr)
    const leaks = await leaksBelow(home, (name) => {
      if (dirname(name) === 'secret') return []
      // The user has put the URL there.
      return name.startsWith('config/') ? [...keys, ...passwords] : secrets
    })
    assert.deepEqual(leaks, [])
  }

  async function upOnFreePort(world: World): Promise<Words> {
    const words = ['--port', String(await findFreePort())]
    const { code, stderr } = await world.run(['devnet', 'up', ...words])
    assert.equal(code, 0, stderr)
    return words
  }

  async function takeDown(world: World, words: Words): Promise<void> {
    if (words[0] !== 'devnet' || words[1] !== 'up') return
    const { code } = await world.run(['devnet', 'down', ...words.slice(2)])
    assert.equal(code, 0)
  }
})

const reads = [
  'eth_call',
  'eth_chainId',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_getTransactionByHash',
  'eth_maxPriorityFeePerGas',
]

const creatingTickets = [
  ...['--recipient', '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65', '--face-value', '0.0012'],
  ...['--win-prob', '1/2', '--winners-only', '--count', '2'],
]

/** A database that does not answer, with all that may be secret of a URL. */
async function databaseUrl(): Promise<string> {
  return withSecrets(`http://127.0.0.1:${String(await findFreePort())}`).replace('http', 'postgres')
}

function initWords(url: string): Words {
  return [
    '--yes',
    '--profile',
    'fresh',
    '--network',
    'devnet',
    '--rpc-url',
    withSecrets(url),
    '--account',
    address,
  ]
}

/** JSON shows the most that there is to show. */
function debugFor(words: Words): Readonly<Record<string, string>> {
  return words.includes('--json') ? { LP_PAY_DEBUG: '1' } : {}
}
