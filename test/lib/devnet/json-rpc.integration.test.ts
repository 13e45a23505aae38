import assert from 'node:assert/strict'

import { RpcResponseError } from '../../../src/lib/chain/rpc.ts'
import { findFreePort } from '../../../src/lib/devnet/free-port.ts'
import { connectDevnet } from '../../../src/lib/devnet/json-rpc.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'

describe('connectDevnet', () => {
  const devnet = useTestDevnet()

  it('answers requests of one turn each with its own result or error', async () => {
    const rpc = connectDevnet(devnet.rpcUrl)
    const [chainId, refused, block] = await Promise.allSettled([
      rpc.request('eth_chainId'),
      rpc.request('eth_nothing'),
      rpc.request('eth_blockNumber'),
    ])
    rpc.close()
    assert.deepEqual(chainId, { status: 'fulfilled', value: '0x7a69' })
    assert.deepEqual(block, { status: 'fulfilled', value: '0x0' })
    assert.ok(refused.status === 'rejected' && refused.reason instanceof RpcResponseError)
    assert.equal(refused.reason.rpcCode, -32601)
  })

  it('says that nothing answers', async () => {
    const port = await findFreePort()
    const rpc = connectDevnet(`http://127.0.0.1:${String(port)}/path`)
    await assert.rejects(rpc.request('eth_chainId'), {
      code: 'DEVNET_UNREACHABLE',
      message: `no devnet answers at http://127.0.0.1:${String(port)}`,
    })
    rpc.close()
  })

  it('takes plain http only, and shows no more than the origin', () => {
    for (const [url, shown] of [
      ['https://example.test/key', 'https://example.test'],
      ['8545', '(not a URL)'],
    ] as const) {
      assert.throws(() => connectDevnet(url), {
        code: 'DEVNET_URL_INVALID',
        message: `a devnet is reached over http, not at ${shown}`,
      })
    }
  })
})
