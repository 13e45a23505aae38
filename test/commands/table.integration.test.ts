import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Ajv } from 'ajv'

import { schemaPath } from '../../scripts/docs/generate.ts'
import { commands } from '../../src/commands/index.ts'
import { findFreePort } from '../../src/lib/devnet/free-port.ts'
import type { TicketList } from '../../src/lib/store/list-tickets.ts'
import type { CreatedReport } from '../../src/lib/tickets/describe-created.ts'
import type { SendResult } from '../../src/lib/sender/operations/sender-operation.ts'
import type { Envelope } from '../../src/output/json.ts'
import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { useNodeServer } from '../helpers/node-server.ts'
import { runCli } from '../helpers/run-cli.ts'
import type { RunResult } from '../helpers/run-cli.ts'

/** Fresh folders beside a devnet that is as it was at the start. */
interface World {
  /** The devnet's. */
  readonly port: number
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>
  advance(rounds: number): Promise<unknown>
  /** Runs a command that has to end with a code, 0 when absent. */
  run(words: readonly string[], code?: number): Promise<Envelope<object>>
  /** The path of a file that is not there. */
  free(name: string): string
  /** Writes a private file and gives its path. */
  write(name: string, contents: string): Promise<string>
  /** Starts a gateway with a maximum price, which ends after the test, and gives its URL. */
  node(maxPrice: string): Promise<string>
  /** Runs a command when the case is over. */
  later(...words: string[]): void
}

interface Case {
  readonly code: number
  /** The words after the command's name; brings the world to where the command finds what it needs. */
  readonly words: (world: World) => readonly string[] | Promise<readonly string[]>
}

interface Row {
  readonly succeeds: Case
  readonly fails: Case
}

const noFlag: Case = { code: 2, words: () => ['--no-such-flag'] }
const nothingThere: Case = { code: 5, words: () => ['--yes'] }

const rows: Readonly<Record<string, Row>> = {
  'account:create': {
    succeeds: { code: 0, words: async (world) => ['--password-file', await passwordFile(world)] },
    fails: { code: 4, words: () => ['--password-file', '/nowhere/password'] },
  },
  'account:import': {
    succeeds: {
      code: 0,
      words: async (world) => {
        const key = await world.write('key', `0x${'42'.repeat(32)}`)
        return ['--key-file', key, '--password-file', await passwordFile(world)]
      },
    },
    fails: {
      code: 2,
      words: async (world) => {
        const key = await world.write('key', 'no key')
        return ['--key-file', key, '--password-file', await passwordFile(world)]
      },
    },
  },
  'account:list': { succeeds: { code: 0, words: () => [] }, fails: noFlag },
  'account:show': {
    succeeds: { code: 0, words: () => ['0x70997970C51812dc3A010C7d01b50e0d17dc79C8'] },
    fails: { code: 2, words: () => ['0x70997970c51812dc3A010C7d01b50e0d17dc79C8'] },
  },
  check: {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 11, words: () => ['--deposit-at-least', '1'] },
  },
  completion: {
    succeeds: { code: 0, words: () => ['bash'] },
    fails: { code: 2, words: () => ['tcsh'] },
  },
  'config:get': {
    succeeds: { code: 0, words: () => ['network'] },
    fails: { code: 2, words: () => ['netwrk'] },
  },
  'config:path': { succeeds: { code: 0, words: () => [] }, fails: noFlag },
  'config:show': {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 4, words: () => ['--profile', 'absent'] },
  },
  'config:set': {
    succeeds: { code: 0, words: () => ['timeout', '2m'] },
    fails: { code: 2, words: () => ['timeout', 'soon'] },
  },
  demo: { succeeds: { code: 0, words: () => [] }, fails: { code: 2, words: () => ['surplus'] } },
  deposit: {
    succeeds: { code: 0, words: () => ['0.1', '--reserve', '0.2', '--yes'] },
    fails: { code: 5, words: () => ['1000000', '--yes'] },
  },
  'devnet:advance': {
    succeeds: { code: 0, words: ({ port }) => ['--rounds', '2', '--port', String(port)] },
    fails: { code: 9, words: async () => ['--rpc-url', await nobody()] },
  },
  'devnet:down': {
    succeeds: { code: 0, words: (world) => upOnFreePort(world) },
    fails: { code: 5, words: async () => ['--port', String(await findFreePort())] },
  },
  'devnet:status': {
    succeeds: {
      code: 0,
      words: async (world) => {
        world.later('devnet', 'down', ...(await upOnFreePort(world)))
        return []
      },
    },
    fails: noFlag,
  },
  'devnet:up': {
    succeeds: {
      code: 0,
      words: async (world) => {
        const words = ['--port', String(await findFreePort())]
        world.later('devnet', 'down', ...words)
        return words
      },
    },
    fails: { code: 5, words: ({ port }) => ['--port', String(port)] },
  },
  'fees:show': {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 9, words: async () => ['--rpc-url', await nobody()] },
  },
  'fees:withdraw': {
    succeeds: { code: 0, words: () => ['--yes'] },
    fails: { code: 5, words: () => ['1', '--yes'] },
  },
  init: {
    succeeds: { code: 0, words: () => ['--yes', '--account', 'gateway-1'] },
    fails: { code: 3, words: () => [] },
  },
  params: {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 11, words: () => ['--check'] },
  },
  'price:apply': {
    succeeds: { code: 0, words: async (world) => [...(await fileAndNode(world, '1')), '--yes'] },
    fails: { code: 3, words: (world) => fileAndNode(world, '1') },
  },
  'price:check': {
    succeeds: { code: 0, words: async (world) => ['--file', await priceFile(world)] },
    fails: {
      code: 11,
      words: async (world) => ['--file', await world.write('p.yaml', 'gateway: {depositMultiplier: 0}')],
    },
  },
  'price:convert': {
    succeeds: { code: 0, words: () => ['3.50USD/hour', '--as', '720p30'] },
    fails: { code: 2, words: () => ['1e12wei/pixel'] },
  },
  'price:diff': {
    succeeds: { code: 0, words: (world) => fileAndNode(world, '2000') },
    fails: { code: 11, words: (world) => fileAndNode(world, '1') },
  },
  'price:export': {
    succeeds: { code: 0, words: async (world) => ['--file', await priceFile(world)] },
    fails: { code: 5, words: async (world) => ['--file', await world.write('p.yaml', '')] },
  },
  'price:init': {
    succeeds: {
      code: 0,
      words: (world) => ['--file', world.free('p.yaml'), '--set', 'gateway.maxPrice=2000wei/pixel'],
    },
    fails: { code: 3, words: (world) => ['--file', world.free('p.yaml')] },
  },
  'price:match': {
    succeeds: { code: 0, words: (world) => matchingFiles(world, '2000wei/pixel') },
    fails: { code: 11, words: (world) => matchingFiles(world, '1wei/pixel') },
  },
  'price:quote': {
    succeeds: { code: 0, words: () => ['llm', '--price', '1gwei/token'] },
    fails: { code: 5, words: () => ['llm', '--price', '1gwei/token', '--reserve', '0'] },
  },
  'price:set': {
    succeeds: {
      code: 0,
      words: async (world) => ['gateway.maxPrice', '3000wei/pixel', '--file', await priceFile(world)],
    },
    fails: {
      code: 2,
      words: async (world) => ['gateway.maxPrice', '1e12wei', '--file', await priceFile(world)],
    },
  },
  'price:show': {
    succeeds: { code: 0, words: async (world) => ['--file', await priceFile(world)] },
    fails: { code: 4, words: (world) => ['--file', world.free('p.yaml')] },
  },
  redeem: {
    succeeds: { code: 0, words: async (world) => [await payableTickets(world), '--yes'] },
    fails: { code: 3, words: async (world) => [await payableTickets(world)] },
  },
  reserve: {
    succeeds: { code: 0, words: () => ['--top-up-to', '0.36', '--yes'] },
    fails: { code: 3, words: () => ['0.36'] },
  },
  'simulate:audit': {
    succeeds: {
      code: 0,
      words: () => ['--tickets', '1500000', '--win-prob', '1/150000', '--winners', '3'],
    },
    fails: { code: 11, words: () => ['--tickets', '1500000', '--win-prob', '1/150000', '--winners', '0'] },
  },
  'simulate:deposit': {
    succeeds: { code: 0, words: () => ['--spend', '0.012eth', '--deposit', '0.3', '--trials', '100'] },
    fails: { code: 2, words: () => ['--spend', '0.012eth', '--risk', '100%'] },
  },
  'simulate:earnings': {
    succeeds: { code: 0, words: () => ['--streams', '2', '--price', '0.001eth/hour'] },
    fails: { code: 2, words: () => ['--spend', '0.012eth', '--offline'] },
  },
  'simulate:gas': {
    succeeds: { code: 0, words: () => ['--reserve', '0.12'] },
    fails: { code: 2, words: () => ['--from', '2gwei', '--to', '1gwei'] },
  },
  'simulate:tickets': {
    succeeds: { code: 0, words: () => ['--tickets', '200', '--on', 'devnet'] },
    fails: { code: 2, words: () => ['--senders', '0'] },
  },
  status: {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 9, words: async () => ['--rpc-url', await nobody()] },
  },
  'tickets:create': {
    succeeds: { code: 0, words: () => creatingTickets },
    fails: { code: 2, words: () => [...creatingTickets, '--block-hash', '0x12'] },
  },
  'tickets:decode': {
    succeeds: { code: 0, words: async (world) => [await ticketFile(world)] },
    fails: { code: 2, words: () => ['no-such-file.json'] },
  },
  'tickets:export': {
    succeeds: {
      code: 0,
      words: async (world) => {
        await importTickets(world)
        return ['--output', world.free('exported.ndjson')]
      },
    },
    fails: {
      code: 4,
      words: async (world) => ['--output', await world.write('exported.ndjson', '')],
    },
  },
  'tickets:forget': {
    succeeds: { code: 0, words: async (world) => [await importTickets(world), '--yes'] },
    fails: { code: 3, words: async (world) => [await importTickets(world)] },
  },
  'tickets:import': {
    succeeds: { code: 0, words: async (world) => [await ticketFile(world)] },
    fails: { code: 11, words: async (world) => [await world.write('x', 'x'), '--format', 'ndjson'] },
  },
  'tickets:list': {
    succeeds: {
      code: 0,
      words: async (world) => {
        await importTickets(world)
        return []
      },
    },
    fails: { code: 2, words: () => ['--round', 'x'] },
  },
  'tickets:show': {
    succeeds: { code: 0, words: async (world) => [await importTickets(world)] },
    fails: { code: 2, words: () => ['0x5ad9ac3f'] },
  },
  'tickets:stats': {
    succeeds: { code: 0, words: () => [] },
    fails: { code: 4, words: async (world) => ['--store', await world.write('no-store', 'x'.repeat(100))] },
  },
  'tickets:verify': {
    succeeds: { code: 0, words: async (world) => [await ticketFile(world)] },
    fails: { code: 11, words: async (world) => [await world.write('x.json', '[{}]')] },
  },
  'tx:list': {
    succeeds: {
      code: 0,
      words: async (world) => {
        await deposit(world)
        return []
      },
    },
    fails: noFlag,
  },
  'tx:resume': {
    succeeds: { code: 0, words: async (world) => [await depositWithoutBlock(world)] },
    fails: { code: 2, words: () => ['0x5ad9ac3f'] },
  },
  'tx:show': {
    succeeds: { code: 0, words: async (world) => [await deposit(world)] },
    fails: { code: 2, words: () => ['0x5ad9ac3f'] },
  },
  unlock: {
    succeeds: {
      code: 0,
      words: async (world) => {
        await deposit(world)
        return ['--yes']
      },
    },
    fails: nothingThere,
  },
  'unlock:cancel': {
    succeeds: {
      code: 0,
      words: async (world) => {
        await unlock(world)
        return ['--yes']
      },
    },
    fails: nothingThere,
  },
  withdraw: {
    succeeds: {
      code: 0,
      words: async (world) => {
        await unlock(world)
        await world.advance(2)
        return ['--yes']
      },
    },
    fails: nothingThere,
  },
}

describe('every command', () => {
  const devnet = useTestDevnet()
  const nodes = useNodeServer()

  it('has a row in this table', () => {
    const ids = Object.keys(commands)
    assert.deepEqual(
      ids.filter((id) => !(id in rows)),
      [],
      'commands without a row',
    )
    assert.deepEqual(
      Object.keys(rows).filter((id) => !ids.includes(id)),
      [],
      'rows without a command',
    )
  })

  for (const [id, { succeeds, fails }] of Object.entries(rows)) {
    const call = id.split(':')
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })

    for (const [what, one] of [
      ['succeeds', succeeds],
      ['fails', fails],
    ] as const) {
      it(`${call.join(' ')} ${what} with ${String(one.code)}, with and without --json`, async () => {
        const text = await perform(one, call)
        assert.equal(text.code, one.code, text.stderr)
        assert.doesNotMatch(text.stdout + text.stderr, stackTrace)
        if (one.code === 0) assert.doesNotMatch(text.stderr, /error:/)
        else assert.match(text.stdout + text.stderr, /./)

        const json = await perform(one, [...call, '--json'])
        assert.equal(json.code, one.code, json.stdout)
        assert.equal(json.stderr, '')
        assert.doesNotMatch(json.stdout, stackTrace)
        const envelope = JSON.parse(json.stdout) as Envelope<object>
        ajv.validate(
          JSON.parse(readFileSync(join(projectFolder, schemaPath(id)), 'utf8')) as object,
          envelope,
        )
        assert.deepEqual(ajv.errors ?? [], [])
        assert.equal(envelope.ok, one.code === 0)
        assert.equal(envelope.error?.exitCode ?? 0, one.code)
        if (one.code === 0) assert.notEqual(envelope.result, null)
      })
    }
  }

  /** Runs a case in a world of its own, and takes back what it did. */
  async function perform({ words }: Case, call: readonly string[]): Promise<RunResult> {
    const folder = await mkdtemp(join(tmpdir(), 'lp-pay-table-'))
    const chain = await devnet.snapshot()
    const ends: (readonly string[])[] = []
    const env = {
      LP_PAY_CONFIG_DIR: join(folder, 'config'),
      LP_PAY_DATA_DIR: join(folder, 'data'),
      LP_PAY_NETWORK: 'devnet',
      LP_PAY_RPC_URL: devnet.rpcUrl,
    }
    const world: World = {
      port: devnet.port,
      rpc: (method, params) => devnet.rpc(method, params),
      advance: (rounds) => devnet.advance(rounds),
      async run(args, expected = 0) {
        const { stdout, code } = await runCli([...args, '--json'], { env })
        assert.equal(code, expected, stdout)
        return JSON.parse(stdout) as Envelope<object>
      },
      free: (name) => join(folder, name),
      async write(name, contents) {
        await writeFile(join(folder, name), contents, { mode: 0o600 })
        return join(folder, name)
      },
      node: async (maxPrice) => (await nodes.start({ maxPrice })).url,
      later: (...args) => ends.push(args),
    }
    try {
      const rest = await words(world)
      return await runCli([...call, ...rest], { env })
    } finally {
      for (const args of ends) await world.run(args)
      await devnet.revert(chain)
      await rm(folder, { recursive: true, force: true })
    }
  }
})

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m

const depositing = ['deposit', '0.1', '--reserve', '0.2', '--yes']

const creatingTickets = [
  ...['--recipient', '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'],
  ...['--face-value', '0.0012', '--win-prob', '1/2', '--winners-only', '--count', '2'],
]

function passwordFile(world: World): Promise<string> {
  return world.write('password', 'correct horse battery')
}

async function matchingFiles(world: World, maxPrice: string): Promise<readonly string[]> {
  const gateway = await world.write('gateway.yaml', `gateway:\n  maxPrice: ${maxPrice}\n`)
  const orchestrator = await world.write('o.yaml', 'orchestrator:\n  transcoding: 1200wei/pixel\n')
  return ['--gateway', gateway, '--orchestrator', orchestrator]
}

async function fileAndNode(world: World, maxPrice: string): Promise<readonly string[]> {
  return ['--file', await priceFile(world), '--node', await world.node(maxPrice)]
}

function priceFile(world: World): Promise<string> {
  return world.write('prices.yaml', 'gateway:\n  maxPrice: 2000wei/pixel\n')
}

/** Signs winners, and gives the path of their file. */
async function ticketFile(world: World): Promise<string> {
  const { result } = await world.run(['tickets', 'create', ...creatingTickets])
  const { tickets } = result as CreatedReport
  return world.write('winners.ndjson', tickets.map((ticket) => JSON.stringify(ticket)).join('\n'))
}

/** The same, of a gateway that has deposited. */
async function payableTickets(world: World): Promise<string> {
  await deposit(world)
  return ticketFile(world)
}

/** Imports winners, and gives the hash of one. */
async function importTickets(world: World): Promise<string> {
  await world.run(['tickets', 'import', await ticketFile(world)])
  const { result } = await world.run(['tickets', 'list'])
  return (result as TicketList).tickets[0]?.hash ?? ''
}

/** Deposits, and gives the hash. */
async function deposit(world: World): Promise<string> {
  const { result } = await world.run(depositing)
  return (result as SendResult).transaction?.hash ?? ''
}

/** Deposits while no block is made, so that the transaction's fate is not known. */
async function depositWithoutBlock(world: World): Promise<string> {
  await world.rpc('evm_setAutomine', [false])
  const { error } = await world.run([...depositing, '--timeout', '1s'], 8)
  await world.rpc('evm_setAutomine', [true])
  await world.rpc('evm_mine')
  return (error?.details as { readonly hash: string }).hash
}

async function unlock(world: World): Promise<void> {
  await deposit(world)
  await world.run(['unlock', '--yes'])
}

async function upOnFreePort(world: World): Promise<readonly string[]> {
  const words = ['--port', String(await findFreePort())]
  await world.run(['devnet', 'up', ...words])
  return words
}

/** An RPC that does not answer. */
async function nobody(): Promise<string> {
  return `http://127.0.0.1:${String(await findFreePort())}`
}
