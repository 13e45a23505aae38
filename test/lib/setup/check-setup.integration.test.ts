import assert from 'node:assert/strict'

import { arbitrumOne } from '../../../src/lib/chain/network.ts'
import { devnet as network } from '../../../src/lib/devnet/network.ts'
import { checkSetup, problemOf } from '../../../src/lib/setup/check-setup.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'

const gateway = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
/** Nothing listens there. */
const deadUrl = 'http://127.0.0.1:9/SECRET'

describe('checkSetup', () => {
  const devnet = useTestDevnet()

  it('reads the round and the account', async () => {
    const check = await checkSetup({ network, urls: [devnet.rpcUrl], address: gateway })
    assert.deepEqual(check, {
      rpcs: [{ origin: devnet.rpcUrl, problem: null }],
      chain: { chainId: 31_337, paused: false, round: 1001n, roundInitialized: true },
      account: {
        address: gateway,
        walletWei: 10_000n * 10n ** 18n,
        depositWei: 0n,
        reserveWei: 0n,
        phase: 'empty',
      },
    })
    assert.equal(problemOf(check), undefined)
  })

  it('asks every RPC on its own, so that none stands in for another', async () => {
    const check = await checkSetup({ network, urls: [deadUrl, devnet.rpcUrl], address: undefined })
    assert.deepEqual(
      check.rpcs.map(({ origin, problem }) => [origin, problem?.code]),
      [
        ['http://127.0.0.1:9', 'RPC_UNAVAILABLE'],
        [devnet.rpcUrl, undefined],
      ],
    )
    assert.equal(check.chain?.round, 1001n)
    assert.equal(check.account, null)
    assert.ok(!(problemOf(check)?.message ?? 'SECRET').includes('SECRET'))
  })

  it('finds an RPC of another chain', async () => {
    const check = await checkSetup({ network: arbitrumOne, urls: [devnet.rpcUrl], address: gateway })
    assert.equal(problemOf(check)?.code, 'RPC_WRONG_CHAIN')
    assert.equal(check.chain, null)
  })

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort()
    await assert.rejects(checkSetup({ network, urls: [deadUrl], address: undefined, signal }), {
      code: 'RPC_INTERRUPTED',
    })
  })
})
