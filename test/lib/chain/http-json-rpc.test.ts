import assert from 'node:assert/strict'

import type { Script } from './scripted-server.ts'
import { answerAll, calls, echo, failureOf, resultsOf, useTransports } from './transports.ts'
import type { Asked } from './transports.ts'

describe('JSON-RPC over HTTP', () => {
  const transports = useTransports()
  const { serve, connect } = transports

  it('sends one call as an object and several as an array, over one connection', async () => {
    const rpc = await serve(answerAll)
    assert.deepEqual(resultsOf(await rpc.call(calls('a'))), ['a'])
    assert.deepEqual(resultsOf(await rpc.call([{ method: 'b', params: '[1,"x"]' }, ...calls('c')])), [
      'b',
      'c',
    ])
    const [first, second] = transports.server.bodies.map((body) => JSON.parse(body) as unknown)
    assert.deepEqual(first, { jsonrpc: '2.0', id: 1, method: 'a', params: [] })
    assert.deepEqual(second, [
      { jsonrpc: '2.0', id: 2, method: 'b', params: [1, 'x'] },
      { jsonrpc: '2.0', id: 3, method: 'c', params: [] },
    ])
    assert.equal(transports.server.connections, 1)
    assert.equal(transports.requests, 2)
  })

  it('matches answers by id', async () => {
    const rpc = await serve((response, body) =>
      response.end(JSON.stringify((JSON.parse(body) as Asked[]).map(echo).reverse())),
    )
    assert.deepEqual(resultsOf(await rpc.call(calls('a', 'b', 'c'))), ['a', 'b', 'c'])
  })

  it('turns credentials in the URL into a header', async () => {
    await serve(answerAll)
    await connect(transports.server.url.replace('http://', 'http://us%3Aer:pa%20ss@')).call(calls('a'))
    assert.equal(
      transports.server.headers[0]?.authorization,
      `Basic ${Buffer.from('us:er:pa ss').toString('base64')}`,
    )
  })

  it('gives a call of its own connection to callOnce', async () => {
    const rpc = await serve(answerAll)
    await rpc.call(calls('a'))
    assert.deepEqual(await rpc.callOnce({ method: 'b', params: '[]' }), { kind: 'result', result: 'b' })
    assert.equal(transports.server.connections, 2)
  })

  it('leaves errors of the node unjudged in callOnce only', async () => {
    const error = { code: -32603, message: 'internal' }
    const rpc = await serve((response, body) => {
      const { id } = JSON.parse(body) as Asked
      response.end(JSON.stringify({ id, error }))
    })
    assert.deepEqual(await rpc.callOnce({ method: 'a', params: '[]' }), {
      kind: 'error',
      error: { ...error, data: undefined },
    })
    assert.equal((await failureOf(rpc, 'a')).cause, 'internal (-32603)')
  })

  describe('batches refused', () => {
    const refusals: Readonly<Record<string, Script>> = {
      'by an object': (response) =>
        response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}'),
      'by HTTP 400': (response) => response.writeHead(400).end('no'),
      'by HTTP 405': (response) => response.writeHead(405).end(),
      'by HTTP 413': (response) => response.writeHead(413).end('<html>'),
      'item by item': (response, body) => {
        const error = { code: -32000, message: 'Batch requests are not supported' }
        response.end(JSON.stringify((JSON.parse(body) as Asked[]).map(({ id }) => ({ id, error }))))
      },
    }
    for (const [name, refuse] of Object.entries(refusals)) {
      it(`asks singly once refused ${name}, and remembers`, async () => {
        const rpc = await serve((response, body, request) =>
          (body.startsWith('[') ? refuse : answerAll)(response, body, request),
        )
        assert.deepEqual(resultsOf(await rpc.call(calls('a', 'b', 'c'))), ['a', 'b', 'c'])
        assert.equal(transports.requests, 4)
        assert.deepEqual(resultsOf(await rpc.call(calls('d', 'e'))), ['d', 'e'])
        assert.equal(transports.requests, 6)
      })
    }

    it('does not remember while nothing is answered singly either', async () => {
      let ready = false
      const rpc = await serve((response, body, request) =>
        ready ? answerAll(response, body, request) : response.writeHead(400).end(),
      )
      assert.equal((await failureOf(rpc, 'a', 'b')).cause, 'HTTP 400')
      ready = true
      transports.requests = 0
      await rpc.call(calls('a', 'b'))
      assert.equal(transports.requests, 1)
    })

    it('gives up on the rest when the endpoint breaks', async () => {
      const rpc = await serve((response, body) => {
        if (body.startsWith('[')) response.writeHead(413).end()
        else response.writeHead(429, { 'retry-after': '1' }).end()
      })
      const outcomes = await rpc.call(calls(...Array.from({ length: 26 }, () => 'a')))
      assert(outcomes.length === 26 && outcomes.every(({ kind }) => kind === 'failed'))
      assert(transports.requests < 26)
    })
  })
})
