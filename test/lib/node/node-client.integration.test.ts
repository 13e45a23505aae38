import assert from 'node:assert/strict'

import { findFreePort } from '../../../src/lib/devnet/free-port.ts'
import { LpPayError } from '../../../src/lib/errors.ts'
import { parseNodeUrl } from '../../../src/lib/node/node-url.ts'
import { readNode } from '../../../src/lib/node/read-node.ts'
import { useNodeServer } from '../../helpers/node-server.ts'
import type { Interference } from '../../helpers/node-server.ts'
import { useNodeClients } from './make-node.ts'

describe("a node's local interface", () => {
  const nodes = useNodeServer()
  const clients = useNodeClients()

  async function rejection(promise: Promise<unknown>): Promise<LpPayError> {
    const error = await promise.then(
      () => assert.fail('it was taken'),
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof LpPayError)
    return error
  }

  it('tells what it is and every digit of what it holds', async () => {
    const digits = '123456789012345678901234567891'
    const orchestrator = await nodes.start({ kind: 'orchestrator', prices: { default: `${digits}/7` } })
    assert.deepEqual(await readNode(clients.open(orchestrator.url)), {
      side: 'orchestrator',
      prices: new Map([['orchestrator.transcoding', { numerator: BigInt(digits), denominator: 7n }]]),
    })
    const gateway = await nodes.start({ maxPrice: digits })
    assert.deepEqual(await readNode(clients.open(gateway.url)), {
      side: 'gateway',
      prices: new Map([['gateway.maxPrice', { numerator: BigInt(digits), denominator: 1n }]]),
    })
    const none = await nodes.start()
    assert.deepEqual((await readNode(clients.open(none.url))).prices, new Map())
  })

  it('is not believed when it answers what a node does not', async () => {
    const node = await nodes.start()
    const answer =
      (status: number, body: string, headers = {}): Interference =>
      (response) =>
        response.writeHead(status, headers).end(body)
    const something = `${node.url} answers /getBroadcastConfig with something else:`
    for (const [how, message] of [
      [answer(200, '<html>login</html>'), `${node.url} answers with a web page: that is no go-livepeer node`],
      [answer(500, '<html>oops</html>'), `${node.url} answers with a web page: that is no go-livepeer node`],
      [
        answer(302, '', { location: 'http://127.0.0.1:1/' }),
        `${node.url} sends elsewhere: that is no go-livepeer node`,
      ],
      [answer(404, 'no'), `${node.url} does not know /getBroadcastConfig: that is no go-livepeer node`],
      [answer(200, 'MaxPrice'), `${something} it is not JSON`],
      [answer(200, '{}'), `${something} no MaxPrice`],
      [answer(200, '[]'), `${something} no MaxPrice`],
      [answer(200, '{"MaxPrice":1,"MaxPrice":2}'), `${something} it has the key MaxPrice twice`],
      [answer(200, '{"MaxPrice":100000000000000000001}'), `${something} a price that is no fraction`],
      [answer(200, '{"MaxPrice":"1/0"}'), `${something} a price that is no fraction`],
      [answer(200, '{"MaxPrice":"-1"}'), `${something} a price that is no fraction`],
      [answer(200, `{"MaxPrice":"${'9'.repeat(401)}"}`), `${something} a price that is no fraction`],
    ] as const) {
      const restore = node.interfere('/getBroadcastConfig', how)
      const error = await rejection(readNode(clients.open(node.url)))
      assert.deepEqual([error.code, error.exitCode, error.message], ['NODE_UNUSABLE', 9, message])
      restore()
    }
    assert.ok(node.requests.every(({ method }) => method === 'GET'))
  })

  it('is not believed when it answers a form with JSON or a page', async () => {
    const node = await nodes.start()
    for (const body of ['{"ok":true}', '<html></html>']) {
      const restore = node.interfere('/setBroadcastConfig', (response) => response.end(body))
      const error = await rejection(
        clients.open(node.url).set('/setBroadcastConfig', { maxPricePerUnit: '1', pixelsPerUnit: '1' }),
      )
      assert.equal(error.code, 'NODE_UNUSABLE')
      restore()
    }
  })

  it('is told by its status, not by what it writes after it', async () => {
    const node = await nodes.start()
    node.interfere('/setMaxGasPrice', (response) => {
      response.writeHead(500).write('cannot set it\n')
      response.end('max gas price set')
    })
    const error = await rejection(clients.open(node.url).set('/setMaxGasPrice', { amount: '1' }))
    assert.equal(error.message, `${node.url} failed: cannot set it max gas price set`)
  })

  it('is not there, or hangs', async () => {
    const gone = `http://127.0.0.1:${String(await findFreePort())}`
    const unreachable = await rejection(clients.open(gone).set('/setMaxFaceValue', { maxfacevalue: '1' }))
    assert.deepEqual(
      [unreachable.code, unreachable.exitCode, unreachable.message],
      ['NODE_UNREACHABLE', 9, `${gone} does not answer: connection refused`],
    )
    const node = await nodes.start()
    node.interfere('/IsOrchestrator', () => undefined)
    node.interfere('/setMaxFaceValue', () => undefined)
    const hanging = await rejection(readNode(clients.open(node.url, 200)))
    assert.equal(hanging.message, `${node.url} does not answer: no answer within 0.2 s`)
    const lost = await rejection(clients.open(node.url, 200).set('/setMaxFaceValue', { maxfacevalue: '1' }))
    assert.deepEqual([lost.code, lost.exitCode], ['NODE_ANSWER_LOST', 8])
  })

  it('cannot steer a terminal or show a password', async () => {
    const node = await nodes.start()
    const url = node.url.replace('//', '//operator:canary-word@')
    node.interfere('/IsOrchestrator', (response) =>
      response.writeHead(400).end('\u001b[2Jno canary-word for you at http://operator:canary-word@host/path'),
    )
    const error = await rejection(readNode(clients.open(url)))
    assert.equal(error.message, `${node.url} refused: no *** for you at http://host`)
    assert.equal(node.requests[0]?.authorization, `Basic ${btoa('operator:canary-word')}`)
  })

  it('keeps one connection, and counts a new one when the node is started again', async () => {
    const node = await nodes.start()
    const client = clients.open(node.url)
    await readNode(client)
    await readNode(client)
    assert.equal(client.connections, 1)
    await node.restart()
    await client.set('/setBroadcastConfig', { maxPricePerUnit: '1', pixelsPerUnit: '1' })
    assert.equal(client.connections, 2)
  })

  it('listens at an http or https URL without a path', () => {
    assert.equal(parseNodeUrl('http://node.example:5935').origin, 'http://node.example:5935')
    assert.equal(parseNodeUrl('https://[::1]/').hostname, '::1')
    for (const text of [
      '',
      '127.0.0.1:5935',
      'localhost:5935',
      'ftp://a',
      'http://a/b',
      'http://a?k',
      'http://a#k',
    ]) {
      assert.throws(() => parseNodeUrl(text), {
        code: 'NODE_URL_INVALID',
        message: "this is not where a node's local interface listens",
      })
    }
  })
})
