import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { devnetAccounts } from '../../src/lib/devnet/accounts.ts'
import { recoverSender } from '../../src/lib/pm/recover-sender.ts'
import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import { isWinner } from '../../src/lib/pm/win.ts'
import type { TicketList } from '../../src/lib/store/list-tickets.ts'
import type { TicketStats } from '../../src/lib/store/ticket-stats.ts'
import type { ImportResult } from '../../src/lib/tickets/import-source.ts'
import { parseTicket } from '../../src/lib/tickets/parse-ticket.ts'
import type { Envelope } from '../../src/output/json.ts'
import { startTestDevnet, useTestDevnet } from '../helpers/devnet.ts'
import { inDatabase, makeDatabase, postgresUrl } from '../helpers/postgres.ts'
import { keys } from '../helpers/pseudo-terminal.ts'
import { runShell } from '../helpers/run-cli.ts'
import { useUser } from '../helpers/user.ts'
import { makeKeystoreText, testPassword } from '../lib/account/keystore-builder.ts'

const gateway = devnetAccounts[1].address
const recipient = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
const creating = [
  'tickets',
  'create',
  '--recipient',
  recipient,
  '--face-value',
  '0.0012',
  '--win-prob',
  '1/2',
]
const offline = ['--creation-round', '7', '--block-hash', `0x${'ab'.repeat(32)}`]

describe('lp-pay tickets', () => {
  const chain = useTestDevnet()
  const user = useUser()
  const onDevnet = () => ({ env: { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: chain.rpcUrl } })
  const at = (name: string) => join(user.home, name)

  async function run(...words: readonly string[]): Promise<string> {
    const { stdout, stderr, code } = await user.run(words, onDevnet())
    assert.equal(code, 0, stderr)
    return stdout
  }

  async function result<Result>(...words: readonly string[]): Promise<Result> {
    const { result: found } = JSON.parse(await run(...words, '--json')) as Envelope<Result>
    return found ?? assert.fail('there is no result')
  }

  /** Signs winners of the current round into a file. */
  async function createWinners(count: number, name = 'winners.ndjson'): Promise<SignedTicket[]> {
    await run(...creating, '--winners-only', '--count', String(count), '--output', at(name))
    return (await readFile(at(name), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => parseTicket(JSON.parse(line)))
  }

  it('go from their making through the store and out again', async () => {
    const winners = await createWinners(3)
    assert.ok(winners.every((ticket) => isWinner(ticket) && ticket.creationRound === 1001n))
    assert.ok(winners.every((ticket) => recoverSender(ticketHash(ticket), ticket.sig) === gateway))
    const hashes = winners.map(ticketHash).sort()

    const imported = await result<ImportResult>('tickets', 'import', at('winners.ndjson'))
    assert.deepEqual(
      { new: imported.new, known: imported.known, expired: imported.expired, rejects: imported.rejects },
      { new: 3, known: 0, expired: 0, rejects: null },
    )
    const { tickets } = await result<TicketList>('tickets', 'list', '--state', 'pending', '--sender', gateway)
    assert.deepEqual(
      tickets.map(({ hash }) => hash),
      hashes,
    )
    const [first = ''] = hashes
    assert.match(await run('tickets', 'show', first.slice(0, 14)), new RegExp(`^ticket +${first}$`, 'm'))
    assert.match(await run('tickets', 'verify', first), /\nit is valid, and wins\n$/)

    for (const format of ['ndjson', 'json', 'csv']) {
      const file = at(`exported.${format}`)
      await run('tickets', 'export', '--format', format, '--output', file)
      assert.equal((await stat(file)).mode & 0o777, 0o600)
      const store = ['--store', at(`data/${format}.sqlite3`)]
      const again = await result<ImportResult>('tickets', 'import', file, ...store)
      assert.deepEqual([again.new, again.invalid], [3, 0])
      const back = await result<TicketList>('tickets', 'list', ...store)
      assert.deepEqual(
        back.tickets.map(({ hash }) => hash),
        hashes,
      )
    }

    assert.equal(await run('tickets', 'forget', first, '--yes'), 'forgotten: 1 ticket, 0.0012 ETH\n')
    const { total } = await result<TicketStats>('tickets', 'stats')
    assert.deepEqual(
      { pending: total.pending, forgotten: total.forgotten },
      {
        pending: { tickets: 2, faceValueWei: '2400000000000000' },
        forgotten: { tickets: 1, faceValueWei: '1200000000000000' },
      },
    )
    const known = await result<ImportResult>('tickets', 'import', at('winners.ndjson'))
    assert.deepEqual([known.new, known.known], [0, 3])
  })

  it('are stored as expired when they are', async () => {
    await createWinners(2)
    await chain.advance(2)
    assert.equal((await result<ImportResult>('tickets', 'import', at('winners.ndjson'))).expired, 2)
    const { tickets } = await result<TicketList>('tickets', 'list', '--state', 'expired')
    assert.deepEqual(
      tickets.map(({ reason }) => reason),
      ['round 1002 was its last', 'round 1002 was its last'],
    )
    assert.equal(await run('tickets', 'forget', '--expired', '--yes'), 'forgotten: 2 tickets, 0.0024 ETH\n')
  })

  it('belong to one chain', async () => {
    await createWinners(1)
    await run('tickets', 'import', at('winners.ndjson'))
    const another = await startTestDevnet()
    try {
      const { code, stdout } = await user.run(['tickets', 'import', at('winners.ndjson'), '--json'], {
        env: { LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: another.rpcUrl },
      })
      assert.equal(code, 4)
      assert.match(stdout, /STORE_OF_OTHER_CHAIN/)
    } finally {
      await another.stop()
    }
  })

  it('are kept in PostgreSQL too, whose password is not shown', async () => {
    await createWinners(2)
    const url = new URL(await makeDatabase())
    url.username = url.password = 'canary'
    await inDatabase(await postgresUrl(), "CREATE ROLE canary SUPERUSER LOGIN PASSWORD 'canary'")
    const env = { ...onDevnet().env, LP_PAY_STORE: url.href }
    for (const words of [
      ['import', at('winners.ndjson')],
      ['list'],
      ['export', '--output', at('exported')],
      ['forget', '--sender', gateway, '--yes'],
      ['stats'],
    ]) {
      const { code, stdout, stderr } = await user.run(['tickets', ...words, '--json'], { env })
      assert.equal(code, 0, stdout)
      assert.ok(!(stdout + stderr).includes('canary'))
      if (words[0] === 'stats') assert.match(stdout, /"forgotten": \{\n +"tickets": 2,/)
    }
  })

  describe('that are read from standard input', () => {
    it('are imported, with what is invalid in the current folder', async () => {
      await createWinners(2)
      const input = `${await readFile(at('winners.ndjson'), 'utf8')}nonsense\n`
      const options = { ...onDevnet(), input, cwd: user.home }
      const { stdout, stderr, code } = await user.run(['tickets', 'import', '-', '--offline'], options)
      assert.equal(code, 0)
      assert.match(stdout, /^new +2$/m)
      assert.equal(stderr, 'warning: 1 invalid: see tickets.rejects.ndjson\n')
      assert.equal(
        await readFile(at('tickets.rejects.ndjson'), 'utf8'),
        '{"line":3,"reason":"it is not JSON"}\n',
      )
    })

    it('are verified', async () => {
      await createWinners(1)
      const input = await readFile(at('winners.ndjson'), 'utf8')
      const { code, stdout } = await user.run(['tickets', 'verify', '-', '--recipient', gateway], { input })
      assert.equal(code, 11)
      assert.match(stdout, /^FAIL +recipient +invalid ticket recipient$/m)
    })
  })

  it('say that nothing asked the chain', async () => {
    await user.run([...creating, ...offline, '--winners-only', '--output', at('w')], onDevnet())
    const { stdout, stderr } = await user.run(['tickets', 'import', at('w')], {
      env: { LP_PAY_NETWORK: 'arbitrum-one-mainnet' },
    })
    assert.match(stdout, /^expired +not known without the chain$/m)
    assert.equal(
      stderr,
      'warning: no RPC is configured, so that it is not known which tickets have expired\n',
    )
  })

  it('are not signed with a key that everybody has', async () => {
    const { privateKey, address } = devnetAccounts[1]
    await user.write(
      `data/keystore/UTC--2026-01-01T00-00-00.0Z--${address.slice(2).toLowerCase()}`,
      makeKeystoreText({ key: privateKey, password: testPassword, address: address.slice(2).toLowerCase() }),
    )
    const passwordFile = await user.write('password', testPassword)
    const { code, stdout } = await user.run(
      [...creating, ...offline, '--password-file', passwordFile, '--json'],
      { env: { LP_PAY_NETWORK: 'arbitrum-one-mainnet' } },
    )
    assert.equal(code, 5)
    assert.match(stdout, /WELL_KNOWN_KEY/)
  })

  it('are written to a pipe that closes early', async () => {
    await createWinners(2)
    await run('tickets', 'import', at('winners.ndjson'))
    const { LP_PAY_NETWORK } = onDevnet().env
    const { stdout, stderr } = await runShell('lp-pay tickets export | head -c 1', {
      env: { LP_PAY_NETWORK, LP_PAY_DATA_DIR: at('data') },
    })
    assert.deepEqual({ stdout, stderr }, { stdout: '{', stderr: '' })
  })

  it('are never written over a file, nor into an envelope', async () => {
    await createWinners(1)
    const over = await user.run(['tickets', 'export', '--output', at('winners.ndjson')], onDevnet())
    assert.deepEqual([over.code, over.stderr], [4, `error: ${at('winners.ndjson')} exists already\n`])
    const { code, stdout } = await user.run(['tickets', 'export', '--json'], onDevnet())
    assert.equal(code, 2)
    assert.match(stdout, /OUTPUT_MISSING/)
  })

  describe('in a terminal', () => {
    it('are forgotten only when the user says so', async () => {
      await createWinners(1)
      await run('tickets', 'import', at('winners.ndjson'))
      const forget = ['tickets', 'forget', '--sender', gateway, '--network', 'devnet']
      const no = user.open(forget)
      await no.waitFor('forgets 1 ticket with a face value of 0.0012 ETH; 1 pending ticket of')
      await no.answer(['Forget them for good?', keys.enter])
      assert.equal(await no.exitCode(), 3)
      assert.match(no.screen, /declined; nothing was forgotten/)
      const yes = user.open(forget)
      await yes.answer(['Forget them for good?', `y${keys.enter}`])
      await yes.waitFor('forgotten: 1 ticket, 0.0012 ETH')
      assert.equal(await yes.exitCode(), 0)
    })

    it('show how far an import is, and keep what was read when it is interrupted', async () => {
      const hostile = await user.write('hostile', 'x\n'.repeat(300_000))
      const terminal = user.open(['tickets', 'import', hostile, '--offline', '--format', 'ndjson'])
      await terminal.waitFor('importing █')
      terminal.signal('SIGINT')
      assert.equal(await terminal.exitCode(), 3)
      assert.match(terminal.screen, /^read +[\d,]+, interrupted before the end$/m)
    })
  })
})
