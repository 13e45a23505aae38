import assert from 'node:assert/strict'

import fc from 'fast-check'

import { parseEndpoints } from '../../../src/lib/chain/endpoint.ts'
import { ConfigurationError } from '../../../src/lib/errors.ts'

describe('endpoints', () => {
  const parse = (url: string) => parseEndpoints([url], 'testnet')[0]

  it('takes a URL apart', () => {
    const endpoint = parse('https://us%20er:p%40ss@rpc.example.com/v2/abcdef?key=ghijkl#mnop')
    assert.deepEqual(endpoint, {
      clean: endpoint.clean,
      origin: 'https://rpc.example.com',
      secure: true,
      hostname: 'rpc.example.com',
      port: 443,
      path: '/v2/abcdef?key=ghijkl',
      authorization: `Basic ${Buffer.from('us er:p@ss').toString('base64')}`,
    })
    const local = parse('http://[::1]:8545')
    assert.deepEqual(
      [local.hostname, local.port, local.path, local.authorization],
      ['::1', 8545, '/', undefined],
    )
  })

  it('takes a password that is not properly encoded as it stands', () => {
    assert.equal(
      parse('http://u:50%25%zz@h').authorization,
      `Basic ${Buffer.from('u:50%25%zz').toString('base64')}`,
    )
  })

  it('wants at least one', () => {
    assert.throws(
      () => parseEndpoints([], 'arbitrum-one-mainnet'),
      (error) => {
        assert(error instanceof ConfigurationError)
        assert.equal(error.code, 'RPC_MISSING')
        assert.equal(error.message, 'no RPC URL for arbitrum-one-mainnet')
        assert.deepEqual(error.nextSteps, ['lp-pay init', 'pass --rpc-url URL'])
        return true
      },
    )
  })

  for (const url of [
    'wss://h/s3cr3tkey',
    's3cr3tkey',
    'ftp://s3cr3tkey@h',
    's3cr3tkey:x',
    '',
    'http://',
    '/s3cr3tkey',
  ]) {
    it(`refuses ${JSON.stringify(url)} without repeating it`, () => {
      assert.throws(
        () => parseEndpoints(['http://h', url], 'testnet'),
        (error) => {
          assert(error instanceof ConfigurationError)
          assert.equal(error.code, 'RPC_URL_INVALID')
          assert.equal(error.message, 'RPC URL number 2 does not begin with http:// or https://')
          assert(!JSON.stringify([error, error.message, error.stack]).includes('s3cr3tkey'))
          return true
        },
      )
    })
  }

  it('cleans texts from outside', () => {
    const { clean } = parse('https://user:pa%20ss@h/v2/s3cr3t/?token=t0k3n')
    assert.equal(clean('no such project s3cr3t', 100), 'no such project ***')
    assert.equal(clean('POST /v2/s3cr3t/?token=t0k3n', 100), 'POST ***')
    assert.equal(clean('t0k3n, user, pa%20ss, pa ss', 100), '***, ***, ***, ***')
    assert.equal(clean('see https://other/s3cr3t?x=1 now', 100), 'see https://other now')
    assert.equal(clean('\u001b[31mred\u001b[0m\r\n\u202etwo\u0000\u001b]0;title\u0007', 100), 'red two')
    assert.equal(clean('a'.repeat(20), 10), `${'a'.repeat(9)}…`)
    assert.equal(clean('v2 is a word, and so is token', 100), 'v2 is a word, and so is token')
    assert.equal(parse('https://h/?s3cr3t').clean('no s3cr3t', 100), 'no ***')
    assert.equal(parse('https://h/?a+b%20c').clean('no a+b%20c, no a b c', 100), 'no ***, no ***')
  })

  it('never lets a secret of the URL through, wherever it is', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_%~ -]{6,20}$/)
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('path', 'query', 'user', 'password'),
        fc.string(),
        (key, where, noise) => {
          const encoded = encodeURIComponent(key)
          const url = {
            path: `https://h/v3/${encoded}`,
            query: `https://h/?k=${encoded}`,
            user: `https://${encoded}@h`,
            password: `https://u:${encoded}@h`,
          }[where]
          const { clean } = parse(url)
          const shown = clean(`${noise} ${encoded} ${noise} ${key}`, 10_000)
          assert(!shown.includes(key) && !shown.includes(encoded), shown)
        },
      ),
    )
  })
})
