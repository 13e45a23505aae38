import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decodeFunctionData, encodeAbiParameters, parseAbi, parseAbiParameters } from 'viem'
import type { Hex } from 'viem'

import { RpcResponseError } from '../../../../src/lib/chain/rpc.ts'
import { RpcUnavailableError } from '../../../../src/lib/errors.ts'
import { devnetContracts } from '../../../../src/lib/devnet/network.ts'
import { intrinsicGas, readDataGas } from '../../../../src/lib/redemption/onchain/data-gas.ts'
import { anyBytes } from '../../../helpers/make-ticket.ts'
import { stubRpc } from '../../contracts/stub-rpc.ts'

const call = { to: devnetContracts.TicketBroker, data: '0x12345678', value: 0n } as const
const abi = parseAbi([
  'function gasEstimateL1Component(address to, bool contractCreation, bytes data) payable',
])

describe('intrinsicGas', () => {
  it('is 21,000, 16 a byte and 4 a zero', () => {
    for (const [data, gas] of [
      ['0x', 21_000n],
      ['0x00', 21_004n],
      ['0xff', 21_016n],
      ['0x0100ff', 21_036n],
    ] as const) {
      assert.equal(intrinsicGas(data), gas)
    }
  })

  it('grows with the data', () => {
    fc.assert(
      fc.property(anyBytes(40), anyBytes(7), (data, more) => {
        const longer: Hex = `${data}${more.slice(2) as ''}`
        assert.equal(intrinsicGas(longer), intrinsicGas(data) + intrinsicGas(more) - 21_000n)
      }),
    )
  })
})

describe('readDataGas', () => {
  it("asks Arbitrum's NodeInterface about the very call", async () => {
    const rpc = stubRpc((method, [request, block]) => {
      assert.deepEqual([method, block], ['eth_call', 'latest'])
      const { to, data } = request as { to: string; data: Hex }
      assert.equal(to, '0x00000000000000000000000000000000000000C8')
      assert.deepEqual(decodeFunctionData({ abi, data }).args, [call.to, false, call.data])
      return encodeAbiParameters(parseAbiParameters('uint64, uint256, uint256'), [
        7777n,
        10n ** 7n,
        10n ** 9n,
      ])
    })
    assert.equal(await readDataGas(rpc, call), 7777n)
  })

  it('is not read out of an answer of another shape', async () => {
    await assert.rejects(
      readDataGas(
        stubRpc(() => '0x01'),
        call,
      ),
      { code: 'RPC_MALFORMED', exitCode: 9 },
    )
  })

  it('is nothing where there is no NodeInterface', async () => {
    assert.equal(
      await readDataGas(
        stubRpc(() => '0x'),
        call,
      ),
      0n,
    )
  })

  for (const error of [
    new RpcUnavailableError('RPC_UNAVAILABLE', 'no RPC gave a usable answer'),
    new RpcResponseError('eth_call', -32_000, 'not now', undefined),
  ]) {
    it(`is not taken for nothing after ${error.code}`, async () => {
      const rpc = stubRpc(() => {
        throw error
      })
      await assert.rejects(readDataGas(rpc, call), error)
    })
  }
})
