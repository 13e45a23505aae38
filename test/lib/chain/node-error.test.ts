import assert from 'node:assert/strict'

import { kindOf } from '../../../src/lib/chain/node-error.ts'

describe('errors of nodes', () => {
  const transient: readonly (readonly [code: number, message: string])[] = [
    [-32005, 'limit exceeded'],
    [-32005, 'daily request count exceeded, request rate limited'],
    [429, 'Your app has exceeded its compute units per second capacity'],
    [-32603, 'internal error'],
    [-32000, 'header not found'],
    [-32000, 'missing trie node 1f2e (path ) state 0xab is not available'],
    [-32000, 'Unknown block'],
    [-32000, 'historical state 0xab is not available'],
    [-32000, 'Too Many Requests'],
    [-32007, '50/second request limit reached - reduce calls per second'],
    [-32016, 'over rate limit'],
    [-32002, 'request timed out'],
    [-32000, 'execution aborted (timeout = 5s)'],
    [19, 'Temporary internal error. Please retry'],
    [-32000, 'context deadline exceeded'],
    [503, ''],
  ]
  for (const [code, message] of transient) {
    it(`asks another node after ${code} ${message}`, () => {
      assert.equal(kindOf({ code, message, data: undefined }), 'transient')
    })
  }

  const final: readonly (readonly [code: number, message: string])[] = [
    [3, 'execution reverted: system is paused'],
    [3, 'execution reverted: block not found'],
    [-32000, 'execution reverted'],
    [-32603, 'VM Exception while processing transaction: revert try again'],
    [-32015, 'Reverted 0x'],
    [-32601, 'the method eth_foo does not exist/is not available'],
    [-32602, 'invalid argument 0: hex string has length 2'],
    [-32000, 'insufficient funds for gas * price + value: have 0 want 1'],
    [-32000, 'gas required exceeds allowance (0)'],
    [-32000, 'intrinsic gas too low'],
    [-32000, 'out of gas'],
    [-32003, 'Out of gas: gas required exceeds allowance: 21000'],
    [-32005, 'query returned more than 10000 results'],
  ]
  for (const [code, message] of final) {
    it(`believes ${code} ${message}`, () => assert.equal(kindOf({ code, message, data: undefined }), 'final'))
  }
})
