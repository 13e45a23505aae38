import assert from 'node:assert/strict'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { ConfigurationError } from '../../../../src/lib/errors.ts'
import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { defaultPlanOptions } from '../../../../src/lib/redemption/plan/plan-redemption.ts'
import { allTickets } from '../../../../src/lib/redemption/redeem-choice.ts'
import type { RedeemResult } from '../../../../src/lib/redemption/redeem-result.ts'
import { watchRedemptions } from '../../../../src/lib/redemption/watch/watch-redemptions.ts'
import type { WatchEvent, WatchRequest } from '../../../../src/lib/redemption/watch/watch-redemptions.ts'
import { followSource } from '../../../../src/lib/redemption/watch/watch-source.ts'
import type { RedeemContext } from '../../../../src/lib/redemption/redeem-context.ts'
import { importSource } from '../../../../src/lib/tickets/import-source.ts'
import { openTicketSource } from '../../../../src/lib/tickets/sources/open-ticket-source.ts'
import { ticketToJson } from '../../../../src/lib/tickets/ticket-to-json.ts'
import { parseWei } from '../../../../src/lib/units/wei.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import {
  assertAgreement,
  interferingStore,
  makeRedemptionFixture,
} from '../../../helpers/redemption-fixture.ts'
import type { RedemptionFixture } from '../../../helpers/redemption-fixture.ts'
import { beginRoundUninitialised, fund } from '../../sender/on-chain.ts'
import { makeWinners } from '../winners.ts'
import { until } from '../../../helpers/until.ts'

const faceValue = parseWei('0.01')

describe('the daemon', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: RedemptionFixture
  let stop: AbortController
  let events: WatchEvent[]
  let watching: Promise<RedeemResult> | undefined

  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeRedemptionFixture(proxy.url)
    stop = new AbortController()
    events = []
    watching = undefined
    await fund(chain, parseWei('1'), 0n)
  })
  afterEach(async () => {
    stop.abort()
    await watching?.catch(() => undefined)
    await fixture.close()
    await proxy.stop()
  })

  it('redeems tickets as they come in, and ends when it is told to', async () => {
    await fixture.add(await winners(0, 3))
    watch()
    await untilStates({ final: 3 })
    await fixture.add(await winners(3, 5))
    await untilStates({ final: 5 })
    const result = await end()
    assert.deepEqual(
      [result.outcome, result.totals.redeemedTickets, result.batches.length],
      ['redeemed', 5, 2],
    )
    assert.equal(events.at(-1)?.event, 'stopped')
  })

  it('takes its source in again when that has grown', async () => {
    const file = join(fixture.context.dataFolder, 'winners.ndjson')
    await writeFile(file, lines(await winners(0, 2)))
    watch({ takeIn: takeInFrom(file) })
    await untilStates({ final: 2 })
    await appendFile(file, lines(await winners(2, 5)))
    await untilStates({ final: 5 })
    const looks = events.filter(({ event }) => event === 'looked').length
    await until(() => events.filter(({ event }) => event === 'looked').length > looks + 2)
    assert.deepEqual(
      events.flatMap((event) => (event.event === 'imported' ? [[event.new, event.known]] : [])),
      [
        [2, 0],
        [3, 2],
      ],
    )
  })

  it('goes on when the source has gone, and says so', async () => {
    const file = join(fixture.context.dataFolder, 'winners.ndjson')
    await writeFile(file, lines(await winners(0, 2)))
    let isGone = false
    const takeIn = takeInFrom(file)
    watch({ takeIn: () => (isGone ? Promise.reject(new Error('gone')) : takeIn()) })
    await untilStates({ final: 2 })
    isGone = true
    await fixture.add(await winners(2, 4))
    await untilStates({ final: 4 })
    assert.ok(events.some((event) => event.event === 'trouble' && event.message === 'Error: gone'))
  })

  it('survives an RPC that fails for a while, with longer and longer pauses', async () => {
    watch()
    await until(() => events.some(({ event }) => event === 'looked'))
    const undo = proxy.inject({ do: { kind: 'status', status: 503 } })
    await until(() => events.filter(({ event }) => event === 'failed').length >= 2)
    await fixture.add(await winners(0, 2))
    undo()
    await untilStates({ final: 2 })
    const failures = events.flatMap((event) => (event.event === 'failed' ? [event] : []))
    assert.deepEqual(
      failures.slice(0, 2).map(({ code, inARow }) => [code, inARow]),
      [
        ['RPC_UNAVAILABLE', 1],
        ['RPC_UNAVAILABLE', 2],
      ],
    )
    assert.ok(failures.every(({ nextLookMs }, at) => nextLookMs <= 1000 * 2 ** at))
  })

  it('survives a store that fails between the signature and the report', async () => {
    await fixture.add(await winners(0, 3))
    let closings = 0
    const store = {
      ...fixture.store,
      closeSubmission: (...parameters: Parameters<typeof fixture.store.closeSubmission>) =>
        ++closings === 1
          ? Promise.reject(new ConfigurationError('STORE_UNREACHABLE', 'the store is gone'))
          : fixture.store.closeSubmission(...parameters),
    }
    watch({}, { store })
    await untilStates({ final: 3 })
    assert.deepEqual(
      events.flatMap((event) => (event.event === 'failed' ? [event.code] : [])),
      ['STORE_UNREACHABLE'],
    )
    assert.equal((await end()).totals.redeemedTickets, 3)
  })

  it('waits while a round is not initialised, and goes on in the next', async () => {
    const tickets = await winners(0, 3)
    await beginRoundUninitialised(chain)
    await fixture.add(tickets)
    watch()
    await until(() => events.filter(({ event }) => event === 'looked').length >= 2)
    assert.deepEqual(await fixture.states(), { pending: 3 })
    await chain.advance(1)
    await until(async () => {
      const { final = 0, expired = 0 } = await fixture.states()
      return final + expired === 3
    })
    const rounds = events.flatMap((event) => (event.event === 'round' ? [event.round] : []))
    assert.equal(rounds.length, 2)
  })

  it('finishes the transaction under way when it is told to end, and sends no more', async () => {
    await fixture.add(await winners(0, 9))
    const store = interferingStore(fixture.store, () => {
      stop.abort()
      return Promise.resolve()
    })
    watch({ planOptions: { ...defaultPlanOptions, maxTicketsPerBatch: 3 } }, { store })
    const result = await watching
    assert.deepEqual([result?.totals.redeemedTickets, result?.outcome], [3, 'stopped'])
    assert.deepEqual(await fixture.states(), { final: 3, pending: 6 })
    assert.deepEqual(await fixture.store.submissions(), [])
    const names = events.map(({ event }) => event)
    assert.ok(names.indexOf('stopping') < names.indexOf('settled'))
    assert.deepEqual(
      names.filter((name) => name.startsWith('stop')),
      ['stopping', 'stopped'],
    )
  })

  it('ends at once when it cannot work from the start', async () => {
    await fixture.store.requireChain('another chain')
    watch()
    await assert.rejects(watching ?? Promise.resolve(), { code: 'STORE_OF_OTHER_CHAIN' })
  })

  function watch(request: Partial<WatchRequest> = {}, context: Partial<RedeemContext> = {}): void {
    watching = watchRedemptions(
      { ...fixture.context, ...context },
      {
        choice: allTickets,
        planOptions: defaultPlanOptions,
        everyMs: 50,
        signal: stop.signal,
        onEvent: (event) => events.push(event),
        ...request,
      },
    )
    // Its end is looked at by the test.
    watching.catch(() => undefined)
  }

  async function end(): Promise<RedeemResult> {
    stop.abort()
    return (await watching) ?? assert.fail('nothing was watched')
  }

  async function winners(from: number, to: number): Promise<SignedTicket[]> {
    const all = await makeWinners(chain, to - from, (index) => ({
      faceValue,
      senderNonce: BigInt(from + index),
    }))
    return all
  }

  function takeInFrom(file: string) {
    return followSource(file, async () => {
      const source = await openTicketSource({ path: file })
      try {
        return await importSource(source, fixture.store, { name: file, threads: 0 })
      } finally {
        await source.close()
      }
    })
  }

  async function untilStates(expected: object): Promise<void> {
    await until(async () => JSON.stringify(await fixture.states()) === JSON.stringify(expected))
    await assertAgreement(chain, fixture.store)
  }
})

function lines(tickets: readonly SignedTicket[]): string {
  return tickets.map((ticket) => `${JSON.stringify(ticketToJson(ticket))}\n`).join('')
}
