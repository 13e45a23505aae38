import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hex } from 'viem'

import { devnetAccounts } from '../../../src/lib/devnet/accounts.ts'
import { openJournal } from '../../../src/lib/tx/journal.ts'
import { parseWei } from '../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import {
  assertAgreement,
  makeRedemptionFixture,
  payer,
  redemptionsOnChain,
} from '../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../helpers/redemption-fixture.ts'
import { useProgram } from '../../helpers/run-program.ts'
import type { ProgramEnd } from '../../helpers/run-program.ts'
import { makeGateways, makeWinners } from './winners.ts'

const tickets = 200
const kills = 50
/** Besides those, wherever an instruction of the program happens to be. */
const killsFromOutside = 15
const ticketsPerBatch = 4
/** About as long as a redemption of a batch or two takes. */
const longestWaitMs = 250
/** A life lasts at most this many moments: half a batch on the average, after what there is to settle. */
const longestLife = 32
const faceValue = parseWei('0.01')
const blockEveryMs = 25
const [, , , first, second] = devnetAccounts

/** What a child printed when it reported a batch. */
interface ReportedBatch {
  readonly transactionHash: Hex
  readonly paid: readonly (readonly [hash: Hex, paidWei: string])[]
}

describe(`a redemption of ${String(tickets)} tickets`, () => {
  const chain = useTestDevnet()
  const program = useProgram(join(import.meta.dirname, '..', '..', 'helpers', 'crashing-redemption.ts'))
  const seed = Number(process.env['LP_PAY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
  let fixture: RedemptionFixture
  let firstNonce = 0
  let mining: { stop(): Promise<void> }

  beforeEach(async () => {
    fixture = await makeRedemptionFixture(chain.rpcUrl)
    const gateways = await makeGateways(chain, 5, parseWei('1'), 0n)
    await fixture.add(
      await makeWinners(chain, tickets, (index) => ({
        faceValue: faceValue + BigInt(index),
        recipient: index % 2 === 0 ? first.address : second.address,
        privateKey: gateways[index % gateways.length]?.privateKey ?? '0x',
      })),
    )
    firstNonce = await nonce('latest')
    mining = await mineSteadily()
  })
  afterEach(async () => {
    await mining.stop()
    await fixture.close()
  })

  it(`redeems every ticket once when it is killed ${String(kills)} times, between any two steps, and anywhere`, async () => {
    const random = pseudoRandom(seed)
    const reports = new Map<Hex, ReportedBatch>()
    const deaths: string[] = []
    const run = async (fatalMoment: number) => {
      const end = await redeem(fatalMoment)
      noteReports(end, reports)
      return end
    }
    try {
      while (deaths.length < kills) {
        const end = await run(1 + Math.floor(random() * longestLife))
        assert.equal(end.signal, 'SIGKILL', `ended by itself: ${end.stdout}${end.stderr}`)
        deaths.push(end.stderr.trim())
        await assertNothingOverstated(reports)
      }
      const before = deaths.length
      while (deaths.length < before + killsFromOutside) {
        const waitMs = Math.floor(random() * longestWaitMs)
        const end = await redeem(0, waitMs)
        noteReports(end, reports)
        // Where little is left it may be done before it is killed.
        if (end.signal === null) assert.deepEqual([end.code, end.stderr], [0, ''])
        deaths.push(`${String(waitMs)} ms`)
        await assertNothingOverstated(reports)
      }
      const end = await run(0)
      assert.deepEqual([end.code, end.stderr], [0, ''])
      await assertNothingOverstated(reports)
      await assertAllDone(reports)
    } catch (error) {
      throw new Error(`with LP_PAY_TEST_SEED=${String(seed)}, after ${deaths.join(', ')}`, { cause: error })
    }
  }).timeout(600_000)

  /** A redemption that dies at a moment, 0 for none, or so long after it has begun, undefined for never. */
  function redeem(fatalMoment: number, killAfterMs?: number): Promise<ProgramEnd> {
    const { storeFile, context } = fixture
    const account = devnetAccounts.findIndex(({ address }) => address === payer.address)
    const options = [account, ticketsPerBatch, 2, fatalMoment].map(String)
    const words = [chain.rpcUrl, storeFile, context.dataFolder, ...options]
    return killAfterMs === undefined ? program.run(...words) : program.runAndKill(killAfterMs, ...words)
  }

  /** What is shown as redeemed, in the store or by a report, is so on chain, once, and for its face value. */
  async function assertNothingOverstated(reports: ReadonlyMap<Hex, ReportedBatch>): Promise<void> {
    const stored = await fixture.tickets()
    const onChain = await redemptionsOnChain(chain)
    const paid = new Map(onChain.map(({ hash, paidWei }) => [hash, paidWei]))
    assert.equal(paid.size, onChain.length, 'a ticket was redeemed twice')
    for (const { hash, paidWei, faceValueWei } of onChain) assert.equal(paidWei, faceValueWei, hash)
    for (const { hash, state, paidWei } of stored) {
      assert.ok(['pending', 'submitted', 'redeemed', 'final'].includes(state), `${hash} is ${state}`)
      if (state === 'redeemed' || state === 'final')
        assert.equal(paidWei, paid.get(hash), `${hash}: ${state}`)
    }
    for (const { paid: reported } of reports.values()) {
      for (const [hash, paidWei] of reported) assert.equal(BigInt(paidWei), paid.get(hash))
    }
  }

  async function assertAllDone(reports: ReadonlyMap<Hex, ReportedBatch>): Promise<void> {
    const { store, context, connection } = fixture
    assert.deepEqual(await fixture.states(), { final: tickets })
    await assertAgreement(chain, store)
    assert.deepEqual(await store.submissions(), [])

    const onChain = await redemptionsOnChain(chain)
    const paidWei = onChain.reduce((total, redemption) => total + redemption.paidWei, 0n)
    const totals = await store.totals()
    assert.equal(
      totals.reduce((total, { redeemed }) => total + redeemed.paidWei, 0n),
      paidWei,
    )
    const reported = [...reports.values()].flatMap(({ paid }) => paid.map(([hash]) => hash))
    assert.equal(new Set(reported).size, reported.length, 'a ticket was reported twice')

    const journal = openJournal(context.dataFolder)
    assert.deepEqual(await journal.open(connection.chainKey, payer.address), [])
    const transactions = new Set((await fixture.tickets()).map(({ transactionHash }) => transactionHash))
    assert.equal((await nonce('latest')) - firstNonce, transactions.size, 'a transaction redeemed nothing')
    assert.equal(await nonce('pending'), await nonce('latest'), 'a transaction is left in the pool')
  }

  async function nonce(tag: string): Promise<number> {
    return Number(await chain.rpc('eth_getTransactionCount', [payer.address, tag]))
  }

  /** Blocks come by themselves, so that a process can die while its transaction waits or is not final. */
  async function mineSteadily(): Promise<{ stop(): Promise<void> }> {
    await chain.rpc('evm_setAutomine', [false])
    let isStopping = false
    const mine = async () => {
      while (!isStopping) {
        await chain.rpc('evm_mine')
        await sleep(blockEveryMs)
      }
    }
    const ended = mine()
    return {
      async stop() {
        isStopping = true
        await ended
        await chain.rpc('evm_setAutomine', [true])
      },
    }
  }
})

function noteReports({ stdout }: ProgramEnd, reports: Map<Hex, ReportedBatch>): void {
  for (const line of stdout.split('\n')) {
    if (!line.includes('transactionHash')) continue
    const batch = JSON.parse(line) as ReportedBatch
    assert.ok(!reports.has(batch.transactionHash), `${batch.transactionHash} was reported twice`)
    reports.set(batch.transactionHash, batch)
  }
}

/** Mulberry32: numbers from 0 to below 1, always the same for a seed. */
function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
