import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Address, Hex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { ticketHash } from '../../../src/lib/pm/ticket-hash.ts'
import { openStore } from '../../../src/lib/store/open-store.ts'
import type { StoredTicket, TicketStore } from '../../../src/lib/store/ticket-store.ts'
import { decodeRedemptionCalldata } from '../../../src/lib/tickets/decode/decode-redemption-calldata.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { makeDatabase } from '../../helpers/postgres.ts'
import { assertAgreement, otherPayer, payer } from '../../helpers/redemption-fixture.ts'
import { useProgram } from '../../helpers/run-program.ts'
import type { ProgramEnd } from '../../helpers/run-program.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { makeGateways, makeWinners } from './winners.ts'
import { until } from '../../helpers/until.ts'

const tickets = 60
const ticketsPerBatch = 5
const faceValue = parseWei('0.01')

describe('two processes that redeem from one PostgreSQL, each from its account', () => {
  const chain = useTestDevnet()
  const folder = temporaryFolder()
  const program = useProgram(join(import.meta.dirname, '..', '..', 'helpers', 'crashing-redemption.ts'))
  let url = ''
  let store: TicketStore

  beforeEach(async () => {
    url = await makeDatabase()
    store = await openStore(url)
    const gateways = await makeGateways(chain, 3, parseWei('1'), 0n)
    const winners = await makeWinners(chain, tickets, (index) => ({
      faceValue,
      privateKey: gateways[index % gateways.length]?.privateKey ?? '0x',
    }))
    await store.add(winners.map((ticket) => ({ hash: ticketHash(ticket), ticket })))
    // No block comes before both have something on its way.
    await chain.rpc('evm_setAutomine', [false])
  })
  afterEach(() => store.close())

  it('share the tickets, and submit none of them twice', async () => {
    const ends = [redeem(payer.address), redeem(otherPayer.address)]
    await untilBothHaveSigned()
    await mineFromNowOn()
    for (const { code, stderr } of await Promise.all(ends)) assert.deepEqual([code, stderr], [0, ''])
    await assertAllDone()
  }).timeout(120_000)

  it('do so even if one of them is killed', async () => {
    const killed = redeem(otherPayer.address, 'event mined')
    const other = redeem(payer.address)
    await untilBothHaveSigned()
    await mineFromNowOn()
    assert.equal((await killed).signal, 'SIGKILL')
    assert.equal((await other).code, 0)
    // What the dead one had signed is seen through by whoever comes next, from whatever account.
    assert.equal((await redeem(payer.address)).code, 0)
    await assertAllDone()
  }).timeout(120_000)

  async function redeem(account: Address, fatalMoment = '0'): Promise<ProgramEnd> {
    const dataFolder = await mkdtemp(join(folder.path, 'data-'))
    const number = devnetAccounts.findIndex(({ address }) => address === account)
    const options = [number, ticketsPerBatch, 1, fatalMoment].map(String)
    return program.run(chain.rpcUrl, url, dataFolder, ...options)
  }

  async function untilBothHaveSigned(): Promise<void> {
    await until(async () => {
      const signed = (await store.submissions()).filter(({ state }) => state === 'signed')
      return new Set(signed.map(({ account }) => account.toLowerCase())).size === 2
    }, 20)
  }

  async function mineFromNowOn(): Promise<void> {
    await chain.rpc('evm_setAutomine', [true])
    await chain.rpc('evm_mine')
  }

  async function assertAllDone(): Promise<void> {
    const stored: StoredTicket[] = []
    for await (const ticket of store.list()) stored.push(ticket)
    assert.deepEqual(new Set(stored.map(({ state }) => state)), new Set(['final']))
    await assertAgreement(chain, store)
    assert.deepEqual(await store.submissions(), [])
    const submitted = await ticketsInTransactions()
    assert.equal(submitted.length, tickets)
    assert.deepEqual(submitted.sort(), stored.map(({ hash }) => hash).sort())
  }

  /** Each ticket of each transaction that either account has had mined, whether it redeemed it or not. */
  async function ticketsInTransactions(): Promise<Hex[]> {
    const accounts = new Set([payer, otherPayer].map(({ address }) => address.toLowerCase()))
    const head = Number(await chain.rpc('eth_blockNumber'))
    const blocks = await Promise.all(
      Array.from({ length: head + 1 }, async (_, number) => {
        const block = await chain.rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, true])
        return block as { transactions: readonly { from: Address; input: Hex }[] } | null
      }),
    )
    return blocks
      .flatMap((block) => block?.transactions ?? [])
      .filter(({ from }) => accounts.has(from.toLowerCase()))
      .flatMap(({ input }) => decodeRedemptionCalldata(input).tickets.map(ticketHash))
  }
})
