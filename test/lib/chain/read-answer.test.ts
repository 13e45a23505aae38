import assert from 'node:assert/strict'

import fc from 'fast-check'

import { kindOf } from '../../../src/lib/chain/node-error.ts'
import { readAnswer } from '../../../src/lib/chain/read-answer.ts'
import type { Answer } from '../../../src/lib/chain/read-answer.ts'

describe('reading answers', () => {
  const batch = (value: unknown, status = 200) =>
    readAnswer({ status, body: JSON.stringify(value) }, [1, 2], 'batch')
  const single = (value: unknown, status = 200) =>
    readAnswer({ status, body: JSON.stringify(value) }, [1], 'single')
  const text = (body: string, status = 200) => readAnswer({ status, body }, [1], 'single')
  const causeOf = (answer: Answer) => (answer.kind === 'unusable' ? answer.cause : answer.kind)

  it('matches answers by id, whatever their order', () => {
    const answer = batch([
      { id: 2, result: null },
      { id: 1, error: { code: 3, message: 'execution reverted', data: '0x01' } },
    ])
    assert.deepEqual(answer, {
      kind: 'items',
      items: new Map<number, unknown>([
        [2, { kind: 'result', result: null }],
        [1, { kind: 'error', error: { code: 3, message: 'execution reverted', data: '0x01' } }],
      ]),
    })
  })

  it('takes an error of null for none, and data wrapped in an object for data', () => {
    assert.deepEqual(single({ id: 1, result: '0x1', error: null }), {
      kind: 'items',
      items: new Map([[1, { kind: 'result', result: '0x1' }]]),
    })
    const wrapped = single({ id: 1, error: { code: 3, message: 'm', data: { data: '0xab' } } })
    assert.deepEqual(wrapped.kind === 'items' && wrapped.items.get(1), {
      kind: 'error',
      error: { code: 3, message: 'm', data: '0xab' },
    })
  })

  const malformed: readonly (readonly [name: string, answer: Answer, cause: string])[] = [
    ['a missing id', batch([{ id: 1, result: 1 }]), 'a request without an answer'],
    ['an empty array', batch([]), 'a request without an answer'],
    [
      'a duplicate id',
      batch([
        { id: 1, result: 1 },
        { id: 1, result: 2 },
      ]),
      'two answers to one request',
    ],
    [
      'an unknown id',
      batch([
        { id: 1, result: 1 },
        { id: 3, result: 2 },
      ]),
      'an answer to a request not made',
    ],
    ['an id of another type', single({ id: '1', result: 1 }), 'an answer to a request not made'],
    ['an item that is no object', batch([{ id: 1, result: 1 }, 5]), 'an answer that is not JSON-RPC'],
    ['neither result nor error', single({ id: 1 }), 'an answer with neither a result nor an error'],
    ['both result and error', single({ id: 1, result: 1, error: { code: 1, message: 'both' } }), 'both'],
    ['an error that is a text', single({ id: 1, error: 'rate limited' }), 'rate limited'],
    ['an error without a code', single({ id: 1, error: { message: 'odd' } }), 'odd'],
    ['an array for a single request', single([{ id: 1, result: 1 }]), 'an answer that is not JSON-RPC'],
    ['a number', single(5), 'an answer that is not JSON-RPC'],
    ['null for a batch', batch(null), 'an answer that is not JSON-RPC'],
    ['a page', text(' \n<html>'), 'an HTML page instead of JSON'],
    ['nothing', text(' '), 'an empty answer'],
    ['half an answer', text('{"id":1,"res'), 'an answer that is not JSON'],
    ['HTTP 429', single({ error: { message: 'slow down' } }, 429), 'HTTP 429: slow down'],
    ['HTTP 503 with a good body', single({ id: 1, result: 1 }, 503), 'HTTP 503'],
    ['HTTP 301', text('', 301), 'HTTP 301 (redirects are not followed)'],
    ['HTTP 400', text('no', 400), 'HTTP 400'],
    ['a busy batch', batch({ id: null, error: { code: -32005, message: 'busy' } }), 'busy'],
    ['a busy batch without a code', batch({ error: 'too many requests' }), 'too many requests'],
    ['HTTP 400 for a busy batch', batch({ error: { code: 429, message: 'busy' } }, 400), 'HTTP 400: busy'],
  ]
  for (const [name, answer, cause] of malformed) {
    it(`finds ${name} unusable`, () => assert.equal(causeOf(answer), cause))
  }

  it('knows that a bad key stays bad', () => {
    for (const status of [401, 403, 404]) {
      const answer = single({ message: 'invalid key' }, status)
      assert.deepEqual(answer, { kind: 'unusable', cause: `HTTP ${status}: invalid key`, lasting: true })
    }
    assert.deepEqual(text('', 500), { kind: 'unusable', cause: 'HTTP 500', lasting: false })
  })

  it('reads a proper error out of an HTTP 400', () => {
    const answer = single({ id: 1, error: { code: 3, message: 'execution reverted' } }, 400)
    assert.equal(answer.kind, 'items')
  })

  it('knows an endpoint that takes no batches', () => {
    const error = { code: -32600, message: 'invalid request' }
    for (const answer of [
      batch({ id: null, error }),
      batch({}),
      batch('no', 400),
      batch('no', 405),
      batch('no', 413),
      batch([{ id: 1, error: { code: -32000, message: 'batch requests are disabled' } }]),
      batch([{ id: null, error: { code: -32000, message: 'Batch size too large' } }]),
      batch({ error: { code: -32000, message: 'batching is not supported on this plan' } }),
    ]) {
      assert.equal(answer.kind, 'batchRejected')
    }
  })

  it('is not slowed down by texts made to be slow to search', () => {
    for (const part of ['batch', 'block ', 'too many ', '\u001b[', 'https://']) {
      const message = part.repeat(1_000_000)
      assert.notEqual(single({ id: 1, error: { code: -32000, message } }).kind, 'unusable')
      assert.equal(batch({ error: { code: 429, message } }).kind, 'unusable')
    }
  })

  it('never crashes and never makes up an answer, whatever the body', () => {
    const error = fc.record({
      code: fc.oneof(fc.integer(), fc.anything()),
      message: fc.anything(),
      data: fc.anything(),
    })
    const item = fc.record(
      {
        id: fc.oneof(fc.constantFrom(1, 2), fc.anything()),
        result: fc.jsonValue(),
        error: fc.oneof(error, fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    const value = fc.oneof(fc.jsonValue(), item, fc.array(fc.oneof(item, fc.jsonValue()), { maxLength: 4 }))
    const json = value.map((made) => {
      try {
        return [JSON.stringify(made)].join()
      } catch {
        return ''
      }
    })
    const body = fc.oneof(
      json,
      fc.json(),
      fc.string(),
      json.map((made) => made.slice(0, made.length / 2)),
    )
    const status = fc.oneof(fc.constantFrom(200, 400, 405, 413, 429, 503), fc.integer({ min: 0, max: 999 }))
    fc.assert(
      fc.property(status, body, fc.constantFrom('single', 'batch'), (status, body, form) => {
        const ids = form === 'single' ? [1] : [1, 2]
        const answer = readAnswer({ status, body }, ids, form)
        if (answer.kind === 'items') {
          assert.deepEqual([...answer.items.keys()].sort(), ids)
          for (const found of answer.items.values()) if (found.kind === 'error') kindOf(found.error)
        } else if (answer.kind === 'batchRejected') assert.equal(form, 'batch')
        else assert.equal(typeof answer.cause, 'string')
      }),
      { numRuns: 2000 },
    )
  })
})
