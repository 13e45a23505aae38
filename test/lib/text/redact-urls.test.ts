import assert from 'node:assert/strict'
import fc from 'fast-check'

import { originOf, redactUrls } from '../../../src/lib/text/redact-urls.ts'

describe('originOf', () => {
  const origins: readonly (readonly [url: string, origin: string])[] = [
    ['https://arb.example/v3/key', 'https://arb.example'],
    ['https://user:password@arb.example:8443/v3/key?token=x#y', 'https://arb.example:8443'],
    ['https://ARB.example', 'https://arb.example'],
    ['https://arb.example:443/', 'https://arb.example'],
    ['http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
    ['http://[::1]:8545/key', 'http://[::1]:8545'],
    ['wss://arb.example/key', 'wss://arb.example'],
    ['postgres://user:password@db.example:5432/tickets', 'postgres://db.example:5432'],
    ['key', '(not a URL)'],
    ['', '(not a URL)'],
    ['https://', '(not a URL)'],
    ['https://user:pass/word@host/', '(not a URL)'],
  ]
  for (const [url, origin] of origins) {
    it(`shows ${JSON.stringify(url)} as ${origin}`, () => assert.equal(originOf(url), origin))
  }
})

describe('redactUrls', () => {
  const changes: readonly (readonly [text: string, redacted: string])[] = [
    ['', ''],
    ['no URL here: a//b, c:d', 'no URL here: a//b, c:d'],
    ['POST https://arb.example/v3/key failed', 'POST https://arb.example failed'],
    ['https://a.example/k1 and wss://b.example/k2', 'https://a.example and wss://b.example'],
    ['HTTPS://A.example/key', 'https://a.example'],
    ['https://user:password@a.example', 'https://a.example'],
    ['https://a.example?key=1', 'https://a.example'],
    ['https://a.example#key', 'https://a.example'],
    ['postgresql://user:password@db.example/tickets', 'postgresql://db.example'],
    ['<https://a.example/key>', '<https://a.example>'],
    ['"https://a.example/key"', '"https://a.example"'],
    ['RPC_https://a.example/key', 'RPC_https://a.example'],
    ['URL=https://a.example/key', 'URL=https://a.example'],
    ["https://a.example/it's|a{key}^\\", 'https://a.example'],
    [
      'https://a.example:8545: connection refused; https://b.example: HTTP 401',
      'https://a.example:8545: connection refused; https://b.example: HTTP 401',
    ],
    ['(see https://a.example/key), or not.', '(see https://a.example), or not.'],
    ["'https://a.example/key' failed", "'https://a.example' failed"],
    ['Is it https://a.example/key?!', 'Is it https://a.example?!'],
    ['https://a.example/k1,https://b.example/k2', 'https://a.example'],
    ['from http://[::1]:8545/key', 'from http://[::1]:8545'],
    ['from http://[::1]', 'from http://[::1]'],
    ['write http://... or https://', 'write http://... or https://'],
    ['http://user:pass/word@a.example/', '(not a URL)'],
  ]
  for (const [text, redacted] of changes) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(redacted)}`, () => {
      assert.equal(redactUrls(text), redacted)
    })
  }

  it('lets no path, query, fragment or user of a URL through, whatever is around it', () => {
    const planted = 's3cr3t'
    const scheme = fc.constantFrom('http', 'https', 'ws', 'wss', 'postgres', 'postgresql', 'HTTPS')
    const visible = fc.stringMatching(/^[!-~]{0,8}$/)
    // What ends a URL in a text cannot be told from what is part of it: white space, and the signs that quote it.
    const inUrl = fc.stringMatching(/^[!#-;=?-_a-~]{0,8}$/)
    const hidden = fc.tuple(inUrl, inUrl).map(([before, after]) => `${before}${planted}${after}`)
    const place = fc.constantFrom('/', '?', '#', '/v3/', '/?key=', '/#')
    const user = fc.stringMatching(/^[a-z0-9._~!$&*+,;=%-]{0,8}$/).map((text) => `${text}${planted}`)
    const url = fc.oneof(
      fc.tuple(scheme, place, hidden).map((parts) => `${parts[0]}://rpc.example${parts[1]}${parts[2]}`),
      fc.tuple(scheme, user).map(([name, text]) => `${name}://${text}@rpc.example/`),
      fc.tuple(scheme, user).map(([name, text]) => `${name}://user:${text}@rpc.example:8545/`),
    )
    fc.assert(
      fc.property(
        visible,
        fc.constantFrom('', ' ', '"', '('),
        url,
        fc.constantFrom('', ' ', '"', '\n'),
        (before, open, link, close) => {
          const redacted = redactUrls(`${before}${open}${link}${close} and so on`)
          assert.ok(!redacted.includes(planted), redacted)
          assert.ok(redacted.endsWith('and so on'), redacted)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('is quick with long texts', () => {
    const dots = '.'.repeat(200_000)
    for (const text of [
      'a'.repeat(200_000),
      'https:/'.repeat(30_000),
      `https://${dots}`,
      `https://a${dots}`,
    ]) {
      assert.equal(redactUrls(text), text)
    }
    assert.equal(redactUrls(`https://a/${dots}key${dots} `), `https://a${dots} `)
  })
})
