import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'

import { describeRedeemer, hasEnded, thisRedeemer } from '../../../src/lib/redemption/redeemer.ts'
import { bounded } from '../../helpers/mortal.ts'

describe('the name of a redeemer', () => {
  it('is that of this process, which runs', () => {
    assert.equal(hasEnded(thisRedeemer()), false)
    assert.equal(describeRedeemer(thisRedeemer()), `process ${String(process.pid)} on ${hostname()}`)
  })

  it('tells that a process of this machine has ended, also when its number was given to another', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'], bounded)
    assert.equal(hasEnded(`${hostname()}/${String(pid)}/some time`), true)
    assert.equal(hasEnded(`${hostname()}/${String(process.pid)}/some time`), true)
  })

  it('says nothing about other machines and about names that are not its own', () => {
    assert.equal(hasEnded('elsewhere/1/some time'), false)
    assert.equal(hasEnded('a person'), false)
    assert.equal(describeRedeemer('a person'), 'a person')
  })
})
