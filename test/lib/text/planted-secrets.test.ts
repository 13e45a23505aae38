import assert from 'node:assert/strict'

import { leaksIn, secretKey, secretText } from './planted-secrets.ts'

const key = `0x${'1f2e3d4c'.repeat(8)}` as const
const password = 'Pässwörd with 50% +/?'
const secrets = [secretKey('key', key), secretText('password', password)]

/** The tests that plant secrets are worth no more than what finds them. */
describe('what finds planted secrets', () => {
  for (const [what, text, found] of [
    ['a key', `the key ${key}.`, 'key'],
    ['a key without 0x, in capitals', key.slice(2).toUpperCase(), 'key'],
    ['a key as a number', `{"d": ${BigInt(key).toString()}}`, 'key'],
    ['the bytes of a key in base64', Buffer.from(key.slice(2), 'hex').toString('base64'), 'key'],
    ['the text of a key in base64', Buffer.from(`key=${key}`).toString('base64'), 'key'],
    ['a password', `"${password}"`, 'password'],
    ['a password in a URL', `?p=${encodeURIComponent(password)}`, 'password'],
    ['a password in hex', Buffer.from(password).toString('hex'), 'password'],
    ...[0, 1, 2].map(
      (before) =>
        [
          `a password ${String(before)} bytes into a text in base64`,
          Buffer.from(`${'u'.repeat(before)}${password}:and more`).toString('base64'),
          'password',
        ] as const,
    ),
    ['a password in base64 for URLs', Buffer.from(password).toString('base64url'), 'password'],
  ] as const) {
    it(`finds ${what}`, () => assert.deepEqual(leaksIn(text, secrets), [found]))
  }

  it('finds nothing in what holds none', () => {
    for (const text of ['', 'Password', key.slice(0, 40), '0x70997970C51812dc3A010C7d01b50e0d17dc79C8']) {
      assert.deepEqual(leaksIn(text, secrets), [])
    }
  })
})
