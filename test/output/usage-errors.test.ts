import assert from 'node:assert/strict'

import { parse } from '@oclif/core/parser'
import * as Flags from '@oclif/core/flags'

import { asUsageError, refuseUnknownFlags } from '../../src/output/usage-errors.ts'

const names = ['network', 'rpc-url', 'yes']

describe('a flag that is given twice', () => {
  it('is wrong usage', async () => {
    const flags = { network: Flags.string() }
    const error = await parse(['--network', 'a', '--network', 'b'], { flags }).catch(
      (thrown: unknown) => thrown,
    )
    const { code, exitCode, message } = asUsageError(error) ?? {}
    assert.deepEqual([code, exitCode, message], ['USAGE', 2, 'flag --network can only be specified once'])
  })
})

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
