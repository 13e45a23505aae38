import assert from 'node:assert/strict'

import type { SignedTicket } from '../../../../src/lib/pm/ticket.ts'
import { findRedemption } from '../../../../src/lib/redemption/onchain/find-redemption.ts'
import { useTestDevnet } from '../../../helpers/devnet.ts'
import { startFaultProxy } from '../../../helpers/fault-proxy.ts'
import type { FaultProxy } from '../../../helpers/fault-proxy.ts'
import { gateway, makeSenderFixture } from '../../../helpers/sender-fixture.ts'
import type { SenderFixture } from '../../../helpers/sender-fixture.ts'
import { fund } from '../../sender/on-chain.ts'
import { sendRedemption } from '../send-redemption.ts'
import { makeWinners } from '../winners.ts'

const milli = 10n ** 15n
const logsMethod = 'eth_getLogs'

describe('findRedemption', () => {
  const chain = useTestDevnet()
  let proxy: FaultProxy
  let fixture: SenderFixture
  let tickets: readonly SignedTicket[]
  beforeEach(async () => {
    proxy = await startFaultProxy(chain.rpcUrl)
    fixture = await makeSenderFixture(proxy.url)
    await fund(chain, 5n * milli, 0n)
    tickets = await makeWinners(chain, 4, (index) => ({ faceValue: milli + BigInt(index) }))
  })
  afterEach(async () => {
    await fixture.close()
    await proxy.stop()
  })

  const find = (ticket: SignedTicket | undefined, options?: Parameters<typeof findRedemption>[2]) =>
    findRedemption(fixture.connection, ticket ?? assert.fail(), options)

  /** The ranges asked for, as numbers of blocks. */
  const ranges = () =>
    proxy.requests
      .flatMap(({ calls }) => calls)
      .filter(({ method }) => method === logsMethod)
      .map(({ params: [filter] }) => filter as { fromBlock: string; toBlock: string })
      .map(({ fromBlock, toBlock }) => Number(toBlock) - Number(fromBlock) + 1)

  it('finds who redeemed a ticket, in which transaction, and what it paid', async () => {
    const { hash, blockNumber } = await sendRedemption(chain, tickets.slice(0, 3), 1_000_000n)
    await chain.rpc('anvil_mine', ['0x40'])
    assert.deepEqual(await find(tickets[1]), {
      transactionHash: hash,
      from: gateway.address,
      paidWei: milli + 1n,
      blockNumber,
    })
    assert.equal(proxy.count(logsMethod), 1)
  })

  it('finds nothing of a ticket that nobody has redeemed', async () => {
    await sendRedemption(chain, tickets.slice(0, 3), 1_000_000n)
    assert.equal(await find(tickets[3]), undefined)
  })

  it('halves a range that the node refuses, and goes on in ranges of that size', async () => {
    await sendRedemption(chain, tickets.slice(0, 3), 1_000_000n)
    await chain.rpc('anvil_mine', ['0x3e8'])
    const removeRule = proxy.inject({
      method: logsMethod,
      times: 2,
      do: { kind: 'jsonRpcError', code: -32005, message: 'query returned more than 10000 results' },
    })
    assert.equal((await find(tickets[0]))?.paidWei, milli)
    const [whole = 0, half = 0, quarter = 0, ...rest] = ranges()
    assert.ok(whole > 1000)
    assert.deepEqual([half, quarter], [Math.floor(whole / 2), Math.floor(whole / 4)])
    assert.deepEqual(rest.slice(0, 3), [quarter, quarter, quarter])
    removeRule()
  })

  it('gives up where the node takes no range, and after so many questions', async () => {
    await sendRedemption(chain, tickets.slice(0, 3), 1_000_000n)
    await chain.rpc('anvil_mine', ['0x3e8'])
    assert.equal(await find(tickets[0], { requests: 1, blocks: 500n }), undefined)
    assert.equal(proxy.count(logsMethod), 1)
    proxy.inject({
      method: logsMethod,
      do: { kind: 'jsonRpcError', code: -32602, message: 'block range is too large' },
    })
    assert.equal(await find(tickets[0]), undefined)
    assert.ok(proxy.count(logsMethod) < 10)
  })

  it('says that no RPC answers', async () => {
    proxy.inject({ method: logsMethod, do: { kind: 'status', status: 401 } })
    await assert.rejects(find(tickets[0]), { code: 'RPC_UNAVAILABLE' })
  })
})
