import assert from 'node:assert/strict'
import { encodeFunctionData } from 'viem'

import { RpcResponseError } from '../../../src/lib/chain/rpc.ts'
import { roundsManagerAbi } from '../../../src/lib/contracts/abi/rounds-manager.ts'
import { readContract } from '../../../src/lib/contracts/read-contract.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { ConfigurationError, RpcUnavailableError } from '../../../src/lib/errors.ts'
import { stubRpc } from './stub-rpc.ts'

const address = devnetContracts.RoundsManager
const word = (hex: string) => `0x${hex.padStart(64, '0')}`

function currentRound(answer: (method: string, params: readonly unknown[]) => unknown): Promise<bigint> {
  return readContract(stubRpc(answer), {
    address,
    abi: roundsManagerAbi,
    functionName: 'currentRound',
    args: [],
  })
}

describe('readContract', () => {
  it('calls the function at the latest block and decodes the answer', async () => {
    const asked: unknown[] = []
    const round = await currentRound((method, params) => {
      asked.push([method, params])
      return word('3e9')
    })
    assert.equal(round, 1001n)
    const data = encodeFunctionData({ abi: roundsManagerAbi, functionName: 'currentRound' })
    assert.deepEqual(asked, [['eth_call', [{ to: address, data }, 'latest']]])
  })

  const wrong: readonly (readonly [what: string, answer: unknown])[] = [
    ['nothing, as where there is no contract', '0x'],
    ['half a word', '0x00'],
    ['null', null],
    ['a number', 1001],
    ['an object', { result: '0x1' }],
  ]
  for (const [what, answer] of wrong) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(
        currentRound(() => answer),
        (error) => {
          assert.ok(error instanceof ConfigurationError)
          assert.deepEqual(
            [error.code, error.message],
            [
              'CONTRACT_ANSWER_INVALID',
              `the contract at ${address} does not answer currentRound() as a Livepeer contract does`,
            ],
          )
          return true
        },
      )
    })
  }

  it('takes a revert for a contract that is another', async () => {
    const reverted = new RpcResponseError('eth_call', 3, 'execution reverted', '0x')
    const failing = currentRound(() => {
      throw reverted
    })
    await assert.rejects(failing, { code: 'CONTRACT_ANSWER_INVALID', exitCode: 4, cause: reverted })
  })

  for (const error of [
    new RpcResponseError('eth_call', -32_601, 'the method eth_call does not exist', undefined),
    new RpcUnavailableError('RPC_UNAVAILABLE', 'no RPC of devnet gave a usable answer'),
    new ConfigurationError('RPC_WRONG_CHAIN', 'the RPC is on another chain'),
  ]) {
    it(`leaves ${error.code} as it is`, async () => {
      const failing = currentRound(() => {
        throw error
      })
      await assert.rejects(failing, (thrown) => thrown === error)
    })
  }
})
