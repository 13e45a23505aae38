import assert from 'node:assert/strict'

import { closest } from '../../../src/lib/text/closest.ts'

describe('closest', () => {
  const commands = ['deposit', 'reserve', 'unlock', 'unlock cancel', 'withdraw', 'status', 'tx']
  const words: readonly (readonly [word: string, found: string | undefined])[] = [
    ['deposit', 'deposit'],
    ['depost', 'deposit'],
    ['dpeosit', 'deposit'],
    ['statsu', 'status'],
    ['unlok cancel', 'unlock cancel'],
    ['ty', 'tx'],
    ['xx', 'tx'],
    ['zz', undefined],
    ['with', undefined],
    ['redeem', undefined],
    ['', undefined],
  ]
  for (const [word, found] of words) {
    it(`takes ${JSON.stringify(word)} for ${found ?? 'nothing'}`, () => {
      assert.equal(closest(word, commands), found)
    })
  }

  it('finds nothing among nothing', () => assert.equal(closest('deposit', []), undefined))
})
