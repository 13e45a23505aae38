import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { zeroHash } from 'viem'

import { devnet } from '../../src/lib/devnet/network.ts'
import { ticketHash } from '../../src/lib/pm/ticket-hash.ts'
import type { SignedTicket } from '../../src/lib/pm/ticket.ts'
import { openStore } from '../../src/lib/store/open-store.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { gateway } from '../helpers/sender-fixture.ts'
import { fund } from '../lib/sender/on-chain.ts'
import { makeLpdb } from '../helpers/lpdb.ts'
import type { Lpdb } from '../helpers/lpdb.ts'
import { makeLoser } from '../helpers/make-signed-ticket.ts'
import type { TicketChanges } from '../helpers/make-signed-ticket.ts'
import { assertAgreement } from '../helpers/redemption-fixture.ts'
import { temporaryFolder } from '../lib/files/temporary-folder.ts'
import { makeGateways, makeWinners, readCreation } from '../lib/redemption/winners.ts'
import { sendRedemption } from '../lib/redemption/send-redemption.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'

const faceValue = parseWei('0.01')
const revertedTransaction: Hex = `0x${'cd'.repeat(32)}`

/** What a node's database holds, by what must become of it. */
interface Contents {
  readonly payable: readonly SignedTicket[]
  readonly markedAsRedeemed: readonly SignedTicket[]
  readonly short: readonly SignedTicket[]
  readonly used: readonly SignedTicket[]
  readonly expired: readonly SignedTicket[]
  readonly losing: readonly SignedTicket[]
  readonly forged: readonly SignedTicket[]
}

/** What is looked at of the report. */
interface Report {
  readonly outcome: string
  readonly imported: Plain
  readonly batches: readonly { readonly tickets: readonly unknown[] }[]
  readonly ended: readonly { readonly hash: Hex; readonly outcome: string; readonly reason: string }[]
  readonly staying: readonly { readonly code: string; readonly tickets: number; readonly reason: string }[]
  readonly totals: { readonly redeemedTickets: number; readonly paidWei: string }
}

describe("redeem from go-livepeer's database", () => {
  const cli = useDevnetCli()
  const { chain } = cli
  const folder = temporaryFolder()
  const file = () => join(folder.path, 'lpdb.sqlite3')
  let lpdb: Lpdb
  let contents: Contents

  beforeEach(async () => {
    contents = await makeContents()
    lpdb = makeLpdb(file(), { chainId: devnet.chainId })
    for (const tickets of Object.values(contents) as (readonly SignedTicket[])[]) lpdb.insert(tickets)
    const [reverted, lost, ...others] = [...contents.markedAsRedeemed, ...contents.used.slice(0, 1)]
    assert.ok(reverted !== undefined && lost !== undefined)
    lpdb.markRedeemed(lost, zeroHash)
    for (const ticket of [reverted, ...others]) lpdb.markRedeemed(ticket, revertedTransaction)
  })
  afterEach(() => {
    lpdb.close()
  })

  it('redeems all that pays, says of each other ticket why not, and leaves the file as it was', async () => {
    const before = await readFile(file())
    const result = await redeem()
    await assertDone(result)
    const again = await redeem()
    assert.deepEqual([again['outcome'], again['batches']], ['nothingToDo', []])
    assert.deepEqual(await readFile(file()), before)
    assert.deepEqual(await readdir(folder.path), ['lpdb.sqlite3', 'lpdb.sqlite3.rejects.ndjson'])
  }).timeout(120_000)

  it('does so while the node is in the middle of a write', async () => {
    const before = await readFile(file())
    lpdb.database.exec('BEGIN IMMEDIATE')
    lpdb.database.exec("INSERT INTO kv(key, value) VALUES('lastBlock', '7')")
    const result = await redeem()
    lpdb.database.exec('ROLLBACK')
    await assertDone(result)
    assert.deepEqual(await readFile(file()), before)
  }).timeout(120_000)

  it('waits while the node lets nobody read', async () => {
    lpdb.database.exec('BEGIN EXCLUSIVE')
    const redeeming = redeem()
    setTimeout(() => lpdb.database.exec('COMMIT'), 3000)
    await assertDone(await redeeming)
  }).timeout(120_000)

  async function redeem(): Promise<Plain> {
    const words = `redeem ${file()} --account orchestrator-2 --yes --quiet`
    const { result } = await cli.json(words, { cwd: folder.path, timeoutMs: 90_000 })
    return result ?? assert.fail('there is no result')
  }

  async function makeContents(): Promise<Contents> {
    const [first, second] = await makeGateways(chain, 2, parseWei('1'), 0n)
    assert.ok(first !== undefined && second !== undefined)
    // Enough for two and a half of four.
    await fund(chain, parseWei('0.025'), 0n)
    const poor = gateway
    let nonce = 0n
    const of = (privateKey: Hex) => (): TicketChanges => ({ faceValue, privateKey, senderNonce: nonce++ })

    const expired = await makeWinners(chain, 3, of(first.privateKey))
    await chain.advance(1)
    const older = await makeWinners(chain, 3, of(first.privateKey))
    await chain.advance(1)
    const used = await makeWinners(chain, 2, of(second.privateKey))
    const receipt = await sendRedemption(chain, used, 2_000_000n)
    assert.ok(receipt.succeeded)
    const creation = await readCreation(chain)
    const forged = await makeWinners(chain, 2, of(first.privateKey))
    return {
      payable: [
        ...older,
        ...(await makeWinners(chain, 6, of(first.privateKey))),
        ...(await makeWinners(chain, 6, of(second.privateKey))),
      ],
      markedAsRedeemed: await makeWinners(chain, 2, of(second.privateKey)),
      short: await makeWinners(chain, 4, of(poor.privateKey)),
      used,
      expired,
      losing: [1n, 2n].map((senderNonce) =>
        makeLoser({ ...creation, privateKey: first.privateKey, senderNonce: senderNonce * 1000n }),
      ),
      forged: forged.map((ticket) => ({ ...ticket, sender: second.address })),
    }
  }

  /** Holds the report, the store and the chain against what the file held. */
  async function assertDone(result: Plain): Promise<void> {
    const { payable, markedAsRedeemed, short, used, expired, losing, forged } = contents
    const redeemable = [...payable, ...markedAsRedeemed]
    const redeemed = redeemable.length + 2
    const { imported, outcome, batches, ended, staying, totals } = result as unknown as Report
    assert.equal(outcome, 'redeemed')
    assert.deepEqual(imported, {
      source: file(),
      format: 'lpdb',
      store: result['store'],
      complete: true,
      read: Object.values(contents).flat().length,
      new: redeemable.length + short.length + used.length + expired.length,
      known: 0,
      invalid: forged.length,
      losing: losing.length,
      expired: expired.length,
      rejects: 'lpdb.sqlite3.rejects.ndjson',
    })
    const paidWei = (faceValue * BigInt(redeemed)).toString()
    assert.deepEqual([totals.redeemedTickets, totals.paidWei], [redeemed, paidWei])
    assert.equal(batches.flatMap(({ tickets }) => tickets).length, redeemed)
    assert.deepEqual(new Set(ended.map(({ hash }) => hash)), new Set(used.map(ticketHash)))
    for (const end of ended) {
      assert.equal(end.outcome, 'usedElsewhere')
      assert.match(end.reason, /^0x[0-9a-f]{64} redeemed it for 0\.01 ETH$/)
    }
    assert.deepEqual(
      staying.map(({ code, tickets, reason }) => [code, tickets, reason]),
      [['depositShort', 2, 'deposit short by 0.005 ETH']],
    )
    const rejects = await readFile(join(folder.path, 'lpdb.sqlite3.rejects.ndjson'), 'utf8')
    assert.equal(rejects.match(/not signed by its sender/g)?.length, forged.length)

    const store = await openStore(String(result['store']))
    try {
      await assertAgreement(chain, store)
      const states = (tickets: readonly SignedTicket[]) =>
        Promise.all(tickets.map(async (ticket) => (await store.get(ticketHash(ticket)))?.state))
      assert.deepEqual(new Set(await states(redeemable)), new Set(['final']))
      assert.deepEqual((await states(short)).sort(), ['final', 'final', 'pending', 'pending'])
      assert.deepEqual(new Set(await states(used)), new Set(['usedElsewhere']))
      assert.deepEqual(new Set(await states(expired)), new Set(['expired']))
      assert.deepEqual(new Set(await states([...losing, ...forged])), new Set([undefined]))
      for await (const { hash, state, reason } of store.list()) {
        if (state !== 'final') assert.ok(reason !== undefined, `${hash} is ${state} without a reason`)
      }
    } finally {
      await store.close()
    }
  }
})
