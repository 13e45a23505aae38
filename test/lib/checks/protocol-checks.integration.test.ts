import assert from 'node:assert/strict'

import { encodeFunctionData, parseAbi } from 'viem'

import { devnetDeployer } from '../../../src/lib/devnet/accounts.ts'
import { connectDevnet } from '../../../src/lib/devnet/json-rpc.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { warpToRound } from '../../../src/lib/devnet/rounds.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'
import { check, resultsOf, send } from './on-devnet.ts'

describe('checks of the protocol', () => {
  const devnet = useTestDevnet()

  it('pass on a devnet as it begins, without an account', async () => {
    const report = await check({ urls: [devnet.rpcUrl] })
    const { checks: _, ...rest } = report
    assert.deepEqual(rest, { network: 'devnet', address: null, passed: 4, failed: 0, skipped: 0 })
    const passed = { subject: null, status: 'passed', limit: null, explanation: '' }
    assert.deepEqual(resultsOf(report, 'protocol-not-paused'), [{ ...passed, value: { text: 'running' } }])
    assert.deepEqual(resultsOf(report, 'round-initialised'), [{ ...passed, value: { text: 'round 1001' } }])
  })

  it('protocol-not-paused fails while the Controller is paused', async () => {
    const data = encodeFunctionData({ abi: parseAbi(['function pause()']), functionName: 'pause' })
    await send(devnet, { from: devnetDeployer.address, to: devnetContracts.Controller, data })
    const report = await check({ urls: [devnet.rpcUrl] })
    assert.equal(report.failed, 1)
    assert.deepEqual(resultsOf(report, 'protocol-not-paused'), [
      {
        subject: null,
        status: 'failed',
        value: { text: 'paused' },
        limit: null,
        explanation: 'nothing can be funded or redeemed until it is unpaused',
      },
    ])
  })

  it('round-initialised fails when a round has begun and nobody has initialised it', async () => {
    const rpc = connectDevnet(devnet.rpcUrl)
    await warpToRound(rpc, 1002n, 0n)
    rpc.close()
    const report = await check({ urls: [devnet.rpcUrl] })
    assert.equal(report.failed, 1)
    assert.deepEqual(resultsOf(report, 'round-initialised'), [
      {
        subject: null,
        status: 'failed',
        value: { text: 'round 1002' },
        limit: null,
        explanation: 'not initialised: nothing can be funded or redeemed until it is',
      },
    ])
  })
})
