import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import { refusingUrl } from './scripted-server.ts'
import type { Script } from './scripted-server.ts'
import { answerAll, calls, failureOf, resultsOf, useTransports } from './transports.ts'

describe('the HTTP client', () => {
  const transports = useTransports()
  const { serve, connect } = transports

  describe('answers that are none', () => {
    const scripts: Readonly<Record<string, readonly [Script, string]>> = {
      'a page': [(response) => response.end('<!doctype html>'), 'an HTML page instead of JSON'],
      nothing: [(response) => response.end(), 'an empty answer'],
      'half a JSON': [
        (response) => response.end('{"jsonrpc":"2.0","id":1,"resu'),
        'an answer that is not JSON',
      ],
      'an early end': [
        (response) =>
          response.writeHead(200, { 'content-length': 99 }).write('{"id":1', () => response.destroy()),
        'the answer broke off',
      ],
      'an early end of chunks': [
        (response) => response.writeHead(200).write('{"id":1', () => response.destroy()),
        'the answer broke off',
      ],
      'a reset': [(response) => response.socket?.resetAndDestroy(), 'connection reset'],
      'an end without a word': [(response) => response.socket?.end(), 'connection reset'],
      'no HTTP': [(response) => response.socket?.end('garbage\r\n\r\n'), 'an answer that is not HTTP'],
      '429 inside 200': [
        (response) => response.end('{"id":1,"error":{"code":429,"message":"slow\\u001b[2J down"}}'),
        'slow down (429)',
      ],
      '401': [
        (response) => response.writeHead(401).end('{"error":{"message":"bad key"}}'),
        'HTTP 401: bad key',
      ],
      '500': [(response) => response.writeHead(500).end('boom'), 'HTTP 500'],
      redirect: [
        (response) => response.writeHead(307, { location: '/x' }).end(),
        'HTTP 307 (redirects are not followed)',
      ],
    }
    for (const [name, [script, cause]] of Object.entries(scripts)) {
      it(name, async () => {
        const failure = await failureOf(await serve(script), 'a')
        assert.equal(failure.cause, cause)
        assert.equal(failure.written, true)
      })
    }

    it('one that never comes', async () => {
      const failure = await failureOf(await serve(() => undefined, { timeoutMs: 50 }), 'a')
      assert.deepEqual(failure, {
        cause: 'no answer within 0.05 s',
        lasting: false,
        retryAfterMs: 0,
        written: true,
      })
    })

    it('one that never ends', async () => {
      const rpc = await serve(
        (response) => {
          const timer = setInterval(() => response.write(' '), 5)
          response.on('close', () => clearInterval(timer))
        },
        { timeoutMs: 50 },
      )
      assert.equal((await failureOf(rpc, 'a')).cause, 'no answer within 0.05 s')
    })

    it('one that is too large', async () => {
      const rpc = await serve((response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, 32)));
        }
        response.on('drain', more)
        more()
      })
      assert.equal((await failureOf(rpc, 'a')).cause, 'an answer of more than 33554432 bytes')
    })

    it('Retry-After in seconds and as a date', async () => {
      let header = '3'
      const rpc = await serve((response) => response.writeHead(429, { 'retry-after': header }).end())
      assert.equal((await failureOf(rpc, 'a')).retryAfterMs, 3000)
      header = new Date(Date.now() + 3_600_000).toUTCString()
      assert((await failureOf(rpc, 'a')).retryAfterMs > 3_000_000)
      header = 'soon'
      assert.equal((await failureOf(rpc, 'a')).retryAfterMs, 0)
    })
  })

  describe('requests that never left', () => {
    it('refused', async () => {
      const failure = await failureOf(connect(await refusingUrl()), 'a')
      assert.deepEqual(failure, {
        cause: 'connection refused',
        lasting: false,
        retryAfterMs: 0,
        written: false,
      })
    })

    it('over TLS to what speaks none', async () => {
      await serve(answerAll)
      const { cause, written } = await failureOf(
        connect(transports.server.url.replace('http:', 'https:')),
        'a',
      )
      assert.match(cause, /^connection failed \(/)
      assert.equal(written, false)
    })

    it('over TLS to what never answers the handshake', async () => {
      const silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
      await new Promise((resolve) => silent.once('listening', resolve))
      const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
      const failure = await failureOf(connect(url, { timeoutMs: 100 }), 'a')
      assert.deepEqual([failure.cause, failure.written], ['no answer within 0.1 s', false])
      await new Promise((resolve) => silent.close(resolve))
    })

    it('after the signal', async () => {
      const failure = await failureOf(await serve(answerAll, { signal: AbortSignal.abort() }), 'a')
      assert.deepEqual([failure.cause, failure.written, transports.requests], ['interrupted', false, 0])
    })
  })

  it('stops what is under way when the signal fires', async () => {
    const abort = new AbortController()
    const rpc = await serve(() => abort.abort(), { signal: abort.signal })
    const failure = await failureOf(rpc, 'a')
    assert.deepEqual([failure.cause, failure.written], ['interrupted', true])
  })

  describe('a kept connection that the server has closed', () => {
    const closeAfterFirst = (): Script => {
      const answered = new WeakSet<object>()
      return (response, body, request) => {
        if (answered.has(request.socket)) return void request.socket.resetAndDestroy()
        answered.add(request.socket)
        answerAll(response, body, request)
      }
    }

    it('is replaced without a word', async () => {
      const rpc = await serve(closeAfterFirst())
      await rpc.call(calls('a'))
      assert.deepEqual(resultsOf(await rpc.call(calls('b'))), ['b'])
      assert.equal(transports.requests, 3)
    })

    it('is never used by callOnce', async () => {
      const rpc = await serve(closeAfterFirst())
      await rpc.call(calls('a'))
      await rpc.callOnce({ method: 'b', params: '[]' })
      await rpc.callOnce({ method: 'c', params: '[]' })
      assert.equal(transports.requests, 3)
      assert.equal(transports.server.connections, 3)
    })
  })
})
