import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

import type { RedeemResult } from '../../src/lib/redemption/redeem-result.ts'
import { ticketToJson } from '../../src/lib/tickets/ticket-to-json.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import type { Envelope } from '../../src/output/json.ts'
import { projectFolder, useTestDevnet } from '../helpers/devnet.ts'
import { redemptionsOnChain } from '../helpers/redemption-fixture.ts'
import { useUser } from '../helpers/user.ts'
import { makeWinners } from '../lib/redemption/winners.ts'
import { fund } from '../lib/sender/on-chain.ts'
import { mortal } from '../helpers/mortal.ts'

const faceValue = parseWei('0.01')
const payer = ['--account', 'orchestrator-1']

describe('lp-pay redeem', () => {
  const chain = useTestDevnet()
  const user = useUser()
  const env = () => ({ LP_PAY_NETWORK: 'devnet', LP_PAY_RPC_URL: chain.rpcUrl })
  const run = (...words: readonly string[]) => user.run(['redeem', ...words], { env: env() })

  beforeEach(() => fund(chain, parseWei('1'), 0n))

  it('shows the plan without an account, refuses without an answer, and redeems with --yes', async () => {
    const source = await user.write('winners.ndjson', await lines(0, 3))
    const dry = await run(source, '--dry-run')
    assert.deepEqual([dry.code, dry.stderr], [0, ''])
    assert.match(dry.stdout, /redeems 3 tickets in 1 transaction: 0\.03 ETH/)
    assert.match(dry.stdout, /dry run: nothing was sent\n$/)

    const refused = await run(...payer)
    assert.deepEqual([refused.code, refused.stdout], [3, ''])
    assert.match(refused.stderr, /costs at most +0\.[0-9]+ ETH/)
    assert.match(refused.stderr, /error: there is no terminal to ask at; nothing was sent \(next: add --yes/)
    assert.equal((await redemptionsOnChain(chain)).length, 0)

    const { code, stdout, stderr } = await run(...payer, '--yes')
    assert.equal(code, 0, stderr)
    assert.match(stdout, /redeemed 3 tickets: 0\.03 ETH paid, 0\.[0-9]+ ETH of gas, 0\.[0-9]+ ETH net\n$/)
    const again = await run(...payer, '--yes')
    assert.deepEqual([again.code, again.stdout], [0, 'nothing to redeem\n'])
  })

  it('asks once in a terminal', async () => {
    const source = await user.write('winners.ndjson', await lines(0, 2))
    const words = ['redeem', source, ...payer, '--network', 'devnet', '--rpc-url', chain.rpcUrl]
    const no = user.open(words)
    await no.answer(['Redeem them?', 'n\r'])
    assert.equal(await no.exitCode(), 3)
    assert.equal((await redemptionsOnChain(chain)).length, 0)
    const yes = user.open(words)
    await yes.answer(['Redeem them?', 'y\r'])
    assert.equal(await yes.exitCode(), 0)
    assert.equal((await redemptionsOnChain(chain)).length, 2)
  })

  it('watches only with --yes, and says so', async () => {
    const { code, stdout, stderr } = await run('--watch', ...payer)
    assert.deepEqual(
      [code, stdout, stderr],
      [3, '', 'error: a watch sends without asking; nothing was sent (next: add --yes to agree to that)\n'],
    )
  })

  it('watches in lines of JSON, and ends cleanly when it is interrupted', async () => {
    const source = await user.write('winners.ndjson', await lines(0, 2))
    const program = join(projectFolder, 'bin', 'run.cjs')
    const words = ['redeem', source, '--watch', '--yes', '--every', '1s', '--json', ...payer]
    const child = mortal(
      spawn(process.execPath, [program, ...words], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          HOME: user.home,
          LP_PAY_CONFIG_DIR: join(user.home, 'config'),
          LP_PAY_DATA_DIR: join(user.home, 'data'),
          ...env(),
        },
      }),
    )
    const ended = once(child, 'close')
    const said: { readonly event?: string; readonly ok?: boolean }[] = []
    let settled = 0
    for await (const line of createInterface(child.stdout)) {
      const event = JSON.parse(line) as (typeof said)[number]
      said.push(event)
      if (event.event !== 'settled') continue
      settled++
      if (settled === 1) await appendFile(source, await lines(2, 5))
      else child.kill('SIGINT')
    }
    assert.deepEqual(await ended, [0, null])
    const events = said.map(({ event }) => event)
    assert.deepEqual(events.slice(0, 2), ['imported', 'round'])
    assert.equal(events.at(-2), 'stopped')
    const envelope = said.at(-1) as unknown as Envelope<RedeemResult>
    assert.deepEqual([envelope.ok, envelope.result?.totals.redeemedTickets], [true, 5])
    assert.equal((await redemptionsOnChain(chain)).length, 5)
  })

  for (const [words, code] of [
    [['--max-gas-share', '150%'], 'FRACTION_INVALID'],
    [['--ticket', 'abc'], 'TICKET_HASH_INVALID'],
    [['--every', '5s'], 'USAGE'],
  ] as const) {
    it(`refuses ${words.join(' ')}`, async () => {
      const { stdout, code: exitCode } = await run(...words, '--json')
      const { error } = JSON.parse(stdout) as Envelope<RedeemResult>
      assert.deepEqual([exitCode, error?.code], [2, code])
    })
  }

  async function lines(from: number, to: number): Promise<string> {
    const winners = await makeWinners(chain, to - from, (index) => ({
      faceValue,
      senderNonce: BigInt(from + index),
    }))
    return winners.map((ticket) => `${JSON.stringify(ticketToJson(ticket))}\n`).join('')
  }
})
