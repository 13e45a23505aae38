import assert from 'node:assert/strict'

import { connectDevnet } from '../../src/lib/devnet/json-rpc.ts'
import { emulateL1Blocks } from '../../src/lib/devnet/l1-blocks.ts'
import { setSlot } from '../../src/lib/devnet/rounds.ts'
import { parseWei } from '../../src/lib/units/wei.ts'
import { useDevnetCli } from '../lib/sender/devnet-cli.ts'
import type { Plain } from '../lib/sender/devnet-cli.ts'
import { fund } from '../lib/sender/on-chain.ts'

const l1Block = 20_000_000n
const roundLength = 5760

/** As on Arbitrum: rounds count L1 blocks, while eth_blockNumber counts the chain's own. */
describe('rounds of L1 blocks on a chain with blocks of its own', () => {
  const cli = useDevnetCli()
  const { chain } = cli

  beforeEach(async () => {
    await fund(chain, parseWei('1'), parseWei('36'))
    await emulateL1Blocks({ rpcUrl: chain.rpcUrl, l1Block })
  })

  /** Moves the L1 block on, and with it the round that the contracts count, without any of this chain's blocks. */
  async function moveL1(blocks: number): Promise<void> {
    const rpc = connectDevnet(chain.rpcUrl)
    await setSlot(rpc, 9n, l1Block + BigInt(blocks))
    rpc.close()
  }

  async function status(): Promise<Plain & { round: { current: string; secondsUntilNext: number } }> {
    return (await cli.json('status')).result as never
  }

  it('takes the time until the next round from L1 blocks alone', async () => {
    const { current, secondsUntilNext } = (await status()).round
    assert.ok(secondsUntilNext > (roundLength - 100) * 12 && secondsUntilNext <= roundLength * 12)
    await chain.rpc('anvil_mine', ['0x64'])
    assert.deepEqual((await status()).round, { current, initialized: true, secondsUntilNext })
    await moveL1(100)
    assert.deepEqual((await status()).round, {
      current,
      initialized: true,
      secondsUntilNext: secondsUntilNext - 100 * 12,
    })
  })

  it('takes the round from the contracts, which change it with L1 blocks', async () => {
    await moveL1(roundLength)
    const { current, initialized } = (await status()).round as Plain
    assert.deepEqual([current, initialized], ['1002', false])
    await chain.rpc('anvil_mine', ['0x64'])
    assert.equal((await status()).round.current, '1002')
  })

  it('unlocks and withdraws by L1 blocks', async () => {
    const { secondsUntilNext } = (await status()).round
    const { result } = await cli.json('unlock --yes')
    assert.deepEqual((result?.['events'] as { args: Plain }[])[0]?.args['endRound'], '1003')
    await chain.rpc('anvil_mine', ['0x64'])
    const { secondsUntilWithdrawal } = await status()
    assert.equal(secondsUntilWithdrawal, secondsUntilNext + roundLength * 12)
    await moveL1(1500)
    const { code, stderr } = await cli.run('withdraw --yes')
    assert.deepEqual(
      [code, stderr],
      [
        5,
        'error: still unlocking: withdrawal opens in round 1003, now is round 1001 (about 33 h 24 min) (next: lp-pay devnet advance --rounds 2)\n',
      ],
    )
    await cli.json('devnet advance --rounds 2')
    const withdrawn = await cli.json('withdraw --yes')
    assert.equal((withdrawn.result?.['after'] as Plain)['phase'], 'empty')
  })
})
