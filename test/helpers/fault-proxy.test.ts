import assert from 'node:assert/strict'

import { ask, useTwoProxies } from '../lib/chain/bare-anvil.ts'

describe('fault proxy', () => {
  const stage = useTwoProxies()

  async function post(calls: unknown): Promise<Response> {
    return fetch(stage.a.url, { method: 'POST', body: JSON.stringify(calls) })
  }
  const call = (id: number, method: string, params: readonly unknown[] = []) => ({
    jsonrpc: '2.0',
    id,
    method,
    params,
  })

  it('passes requests through and logs them', async () => {
    assert.equal(await ask(stage.a.url, 'eth_chainId'), '0x67932')
    await post([call(1, 'eth_blockNumber'), call(2, 'eth_chainId')])
    assert.deepEqual(
      stage.a.requests.map(({ calls, isBatch, forwarded }) => [
        calls.map(({ method }) => method),
        isBatch,
        forwarded,
      ]),
      [
        [['eth_chainId'], false, ['eth_chainId']],
        [['eth_blockNumber', 'eth_chainId'], true, ['eth_blockNumber', 'eth_chainId']],
      ],
    )
    assert.equal(stage.a.count('eth_chainId'), 2)
  })

  it('strikes the nth match, so many times', async () => {
    stage.a.inject({ method: 'eth_chainId', nth: 2, times: 2, do: { kind: 'status', status: 503 } })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await post(call(1, 'eth_chainId'))).status)
    assert.deepEqual(statuses, [200, 503, 503, 200])
    assert.equal(stage.a.count('eth_chainId'), 4)
    assert.equal(stage.a.forwarded('eth_chainId'), 2)
  })

  it('disturbs one call of a batch and leaves the others', async () => {
    stage.a.inject({
      method: 'eth_call',
      times: 1,
      do: { kind: 'jsonRpcError', code: -32005, message: 'slow down' },
    })
    const answers = (await (
      await post([call(1, 'eth_chainId'), call(2, 'eth_call', [{}, 'latest']), call(3, 'eth_chainId')])
    ).json()) as { id: number; result?: unknown; error?: unknown }[]
    assert.deepEqual(
      answers.map(({ id, result, error }) => ({ id, result, error })),
      [
        { id: 1, result: '0x67932', error: undefined },
        { id: 2, result: undefined, error: { code: -32005, message: 'slow down' } },
        { id: 3, result: '0x67932', error: undefined },
      ],
    )
    assert.deepEqual(stage.a.requests[0]?.forwarded, ['eth_chainId', 'eth_chainId'])
  })

  it('replaces results, also to another chain id', async () => {
    stage.a.inject({ do: { kind: 'wrongChainId', chainId: 5 } })
    const remove = stage.a.inject({
      method: 'eth_blockNumber',
      do: { kind: 'replaceResult', with: () => '0xff' },
    })
    assert.equal(await ask(stage.a.url, 'eth_chainId'), '0x5')
    assert.equal(await ask(stage.a.url, 'net_version'), '5')
    assert.equal(await ask(stage.a.url, 'eth_blockNumber'), '0xff')
    remove()
    assert.notEqual(await ask(stage.a.url, 'eth_blockNumber'), '0xff')
    stage.a.clear()
    assert.equal(await ask(stage.a.url, 'eth_chainId'), '0x67932')
  })

  it('lags behind in every respect', async () => {
    const [from, to] = (await ask(stage.anvil.url, 'eth_accounts')) as [string, string]
    const balance = await ask(stage.anvil.url, 'eth_getBalance', [to, 'latest'])
    const hash = await ask(stage.anvil.url, 'eth_sendTransaction', [{ from, to, value: '0x1' }])
    await ask(stage.anvil.url, 'anvil_mine', ['0x1'])
    const head = BigInt((await ask(stage.anvil.url, 'eth_blockNumber')) as string)
    stage.a.inject({ do: { kind: 'lag', blocks: 2 } })
    assert.equal(await ask(stage.a.url, 'eth_blockNumber'), `0x${(head - 2n).toString(16)}`)
    assert.equal(await ask(stage.a.url, 'eth_getTransactionReceipt', [hash]), null)
    assert.equal(await ask(stage.a.url, 'eth_getTransactionByHash', [hash]), null)
    assert.equal(await ask(stage.a.url, 'eth_getBalance', [to, 'latest']), balance)
    assert.equal(await ask(stage.a.url, 'eth_getBlockByNumber', [`0x${head.toString(16)}`, false]), null)
    stage.a.clear()
    assert.notEqual(await ask(stage.a.url, 'eth_getTransactionReceipt', [hash]), null)
  })

  for (const kind of ['reset', 'dropReply'] as const) {
    it(`loses the answer to what the node has done: ${kind}`, async () => {
      const head = BigInt((await ask(stage.anvil.url, 'eth_blockNumber')) as string)
      stage.a.inject({ method: 'anvil_mine', do: kind === 'reset' ? { kind, when: 'after' } : { kind } })
      await assert.rejects(post(call(1, 'anvil_mine', ['0x1'])))
      assert.equal(BigInt((await ask(stage.anvil.url, 'eth_blockNumber')) as string), head + 1n)
      assert.equal(stage.a.forwarded('anvil_mine'), 1)
    })
  }

  it('truncates, resets, and answers with a page', async () => {
    stage.a.inject({ method: 'eth_chainId', do: { kind: 'truncate' } })
    stage.a.inject({ method: 'eth_blockNumber', do: { kind: 'reset' } })
    stage.a.inject({ method: 'eth_accounts', do: { kind: 'html' } })
    await assert.rejects(post(call(1, 'eth_chainId')).then((response) => response.text()))
    await assert.rejects(post(call(1, 'eth_blockNumber')))
    assert.match(await (await post(call(1, 'eth_accounts'))).text(), /^<!doctype/)
    assert.equal(stage.a.forwarded('eth_blockNumber'), 0)
  })

  it('rejects batches and nothing else', async () => {
    stage.a.inject({ do: { kind: 'rejectBatches', how: 413 } })
    assert.equal((await post([call(1, 'eth_chainId')])).status, 413)
    assert.equal((await post(call(1, 'eth_chainId'))).status, 200)
  })

  it('tells when a method has been seen', async () => {
    stage.a.inject({ method: 'eth_chainId', do: { kind: 'hang' } })
    const abort = new AbortController()
    const hanging = fetch(stage.a.url, {
      method: 'POST',
      body: JSON.stringify(call(1, 'eth_chainId')),
      signal: abort.signal,
    })
    await stage.a.seen('eth_chainId')
    abort.abort()
    await assert.rejects(hanging)
  })
})
