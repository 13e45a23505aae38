import assert from 'node:assert/strict'
import { numberToHex } from 'viem'

import { advanceRounds } from '../../../src/lib/devnet/advance-rounds.ts'
import { describeDevnet } from '../../../src/lib/devnet/describe-devnet.ts'
import { connectDevnet } from '../../../src/lib/devnet/json-rpc.ts'
import { emulateL1Blocks } from '../../../src/lib/devnet/l1-blocks.ts'
import { devnetContracts } from '../../../src/lib/devnet/network.ts'
import { readDevnet } from '../../../src/lib/devnet/read-devnet.ts'
import { useTestDevnet } from '../../helpers/devnet.ts'

const firstRound = 1001n
const RoundsManager = devnetContracts.RoundsManager

describe('the rounds of a devnet', () => {
  const devnet = useTestDevnet()

  async function blockHashForRound(round: bigint): Promise<string> {
    const rpc = connectDevnet(devnet.rpcUrl)
    const functionName = 'blockHashForRound'
    return readDevnet(rpc, { address: RoundsManager, functionName, args: [round] }).finally(rpc.close)
  }

  async function l1BlockNumber(): Promise<bigint> {
    const rpc = connectDevnet(devnet.rpcUrl)
    return readDevnet(rpc, { address: RoundsManager, functionName: 'blockNum', args: [] }).finally(rpc.close)
  }

  async function roundNow(): Promise<{ round: bigint; initialized: boolean; active: string[] }> {
    const { currentRound, currentRoundInitialized, accounts } = await describeDevnet(devnet)
    const active = accounts.filter((account) => account.active === true).map(({ name }) => name)
    return { round: currentRound, initialized: currentRoundInitialized, active }
  }

  it('begin with an initialized round in which three orchestrators are active', async () => {
    assert.deepEqual(await roundNow(), {
      round: firstRound,
      initialized: true,
      active: ['orchestrator-1', 'orchestrator-2', 'orchestrator-3'],
    })
    assert.match(await blockHashForRound(firstRound), /^0x(?!0{64})/)
  })

  for (const rounds of [1, 5]) {
    it(`advance by ${String(rounds)}, each initialized, with the same orchestrators active`, async () => {
      const seen: bigint[] = []
      const advanced = await advanceRounds({
        rpcUrl: devnet.rpcUrl,
        rounds,
        onRound: (round) => seen.push(round),
      })
      const toRound = firstRound + BigInt(rounds)
      assert.deepEqual(advanced, { fromRound: firstRound, toRound })
      assert.deepEqual(
        seen,
        Array.from({ length: rounds }, (_, index) => firstRound + 1n + BigInt(index)),
      )
      assert.deepEqual(await roundNow(), {
        round: toRound,
        initialized: true,
        active: ['orchestrator-1', 'orchestrator-2', 'orchestrator-3'],
      })
      for (const round of seen) assert.match(await blockHashForRound(round), /^0x(?!0{64})/)
    })
  }

  it('mine one block a round', async () => {
    await devnet.advance(3)
    assert.equal((await describeDevnet(devnet)).blockNumber, 3n)
  })

  it('can be taken back', async () => {
    const id = await devnet.snapshot()
    await devnet.advance(2)
    await devnet.revert(id)
    assert.equal((await roundNow()).round, firstRound)
  })

  it('refuse a number that is none', async () => {
    for (const rounds of [0, -1, 1.5, 10_001, Number.NaN]) {
      await assert.rejects(advanceRounds({ rpcUrl: devnet.rpcUrl, rounds }), {
        code: 'ROUNDS_INVALID',
        message: `${String(rounds)} is not a number of rounds to advance`,
      })
    }
  })

  it('say why they cannot advance', async () => {
    const slot = '0x0'
    const owner = String(await devnet.rpc('eth_getStorageAt', [devnetContracts.Controller, slot, 'latest']))
    // The Controller keeps its owner and, in the byte above it, whether it is paused.
    const paused = numberToHex(BigInt(owner) | (1n << 160n), { size: 32 })
    await devnet.rpc('anvil_setStorageAt', [devnetContracts.Controller, slot, paused])
    await assert.rejects(advanceRounds({ rpcUrl: devnet.rpcUrl, rounds: 1 }), (error) => {
      assert.ok(error instanceof Error && 'code' in error)
      assert.equal(error.code, 'DEVNET_TRANSACTION_FAILED')
      assert.match(error.message, /^the devnet cannot initialize round 1002: .*system is paused/)
      return true
    })
  })

  it('refuse a chain without the contracts', async () => {
    await devnet.rpc('anvil_setCode', [devnetContracts.Controller, '0x'])
    for (const attempt of [
      () => advanceRounds({ rpcUrl: devnet.rpcUrl, rounds: 1 }),
      () => emulateL1Blocks({ rpcUrl: devnet.rpcUrl, l1Block: 1n }),
      () => describeDevnet(devnet),
    ]) {
      await assert.rejects(attempt, {
        code: 'NOT_A_DEVNET',
        message: 'the node that answers is not a devnet of lp-pay',
      })
    }
  })

  describe('with L1 blocks emulated', () => {
    const l1Block = 21_000_000n

    it('count other blocks than eth_blockNumber, from the same round on', async () => {
      await devnet.rpc('anvil_mine', ['0x7'])
      const before = await roundNow()
      await emulateL1Blocks({ rpcUrl: devnet.rpcUrl, l1Block })
      assert.deepEqual(await roundNow(), before)
      assert.equal(await l1BlockNumber(), l1Block)
      assert.equal((await describeDevnet(devnet)).blockNumber, 8n)
      await devnet.rpc('anvil_mine', ['0x14'])
      assert.deepEqual(await roundNow(), before)
    })

    it('advance as before', async () => {
      await emulateL1Blocks({ rpcUrl: devnet.rpcUrl, l1Block })
      await devnet.advance(5)
      assert.deepEqual(await roundNow(), {
        round: firstRound + 5n,
        initialized: true,
        active: ['orchestrator-1', 'orchestrator-2', 'orchestrator-3'],
      })
      assert.match(await blockHashForRound(firstRound + 5n), /^0x(?!0{64})/)
      assert.equal(await l1BlockNumber(), l1Block)
    })

    it('can be moved, to a smaller block too', async () => {
      await devnet.rpc('anvil_mine', ['0x7'])
      const before = await roundNow()
      for (const block of [l1Block, 1n, 2n ** 40n]) {
        await emulateL1Blocks({ rpcUrl: devnet.rpcUrl, l1Block: block })
        assert.deepEqual(await roundNow(), before)
        assert.equal(await l1BlockNumber(), block)
      }
      await devnet.advance(1)
      assert.equal((await roundNow()).round, before.round + 1n)
    })

    it('refuse what is no block', async () => {
      for (const wrong of [0n, -1n, 2n ** 53n]) {
        await assert.rejects(emulateL1Blocks({ rpcUrl: devnet.rpcUrl, l1Block: wrong }), {
          code: 'L1_BLOCK_INVALID',
          message: `${String(wrong)} is not the number of an L1 block`,
        })
      }
    })
  })
})
