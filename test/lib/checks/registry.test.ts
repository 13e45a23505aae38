import assert from 'node:assert/strict'

import { arbitrumOne } from '../../../src/lib/chain/network.ts'
import { planChecks, readCheckFlags } from '../../../src/lib/checks/plan-checks.ts'
import { registry } from '../../../src/lib/checks/registry.ts'
import { devnet } from '../../../src/lib/devnet/network.ts'
import { UsageError } from '../../../src/lib/errors.ts'

describe('the registry of checks', () => {
  const named = (checks: readonly { readonly name: string }[]) => checks.map(({ name }) => name)

  it('gives every check a name of its own, fit for a flag and a key', () => {
    const names = named(registry)
    assert.equal(new Set(names).size, names.length)
    for (const name of names) assert.match(name, /^[a-z]+(-[a-z]+)+$/)
  })

  it('always makes every check that cannot be asked for', () => {
    const always = named(registry.filter(({ form }) => form === 'always'))
    const standing = named(planChecks(devnet, {}))
    assert.deepEqual(standing, always)
    assert.deepEqual(named(planChecks(arbitrumOne, {})), [
      ...always.slice(0, 2),
      'head-max-age',
      ...always.slice(2),
    ])
  })

  it('makes none twice', () => {
    const asked = readCheckFlags({ 'head-max-age': '1m' })
    assert.equal(named(planChecks(arbitrumOne, asked)).filter((name) => name === 'head-max-age').length, 1)
  })

  it('takes from the flags only what are checks', () => {
    const flags = { json: true, network: 'devnet', 'not-unlocking': true, 'deposit-at-least': '1' }
    assert.deepEqual(Object.keys(readCheckFlags(flags)), ['deposit-at-least', 'not-unlocking'])
  })

  it('names the flag whose value is wrong', () => {
    assert.throws(
      () => readCheckFlags({ 'reserve-at-least': '0,36' }),
      (error: unknown) => {
        assert.ok(error instanceof UsageError)
        assert.equal(error.code, 'AMOUNT_INVALID')
        assert.equal(
          error.message,
          '--reserve-at-least: "0,36" is not an amount: write decimals with a point',
        )
        return true
      },
    )
  })
})
