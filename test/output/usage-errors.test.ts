import assert from 'node:assert/strict'

import { refuseUnknownFlags } from '../../src/output/usage-errors.ts'

const names = ['network', 'rpc-url', 'yes']

describe('a mistyped flag', () => {
  it('is named, with the one that was meant', () => {
    assert.throws(
      () => {
        refuseUnknownFlags(['0x1', '--netwrk', 'devnet'], names)
      },
      {
        code: 'FLAG_UNKNOWN',
        exitCode: 2,
        message: 'there is no flag --netwrk',
        nextSteps: ['did you mean --network?'],
      },
    )
    assert.throws(
      () => {
        refuseUnknownFlags(['--rpc-ulr=http://127.0.0.1'], names)
      },
      { message: 'there is no flag --rpc-ulr' },
    )
  })

  it('is not seen in values, in arguments, nor after --', () => {
    refuseUnknownFlags(['0.1', '--network', 'devnet', '-y', '--rpc-url=--x', '--', '--netwrk'], names)
  })
})
