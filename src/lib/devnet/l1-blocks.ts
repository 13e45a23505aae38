import { encodeFunctionData, keccak256, numberToHex, stringToHex } from 'viem'

import { UsageError } from '../errors.ts'
import { devnetAbi } from './abi.ts'
import { connectDevnet } from './json-rpc.ts'
import { devnetContracts } from './network.ts'
import { readDevnet, requireDevnet } from './read-devnet.ts'
import { setSlot, warpToRound } from './rounds.ts'
import { sendAsDeployer } from './send-as-deployer.ts'

/** Where the AdjustableRoundsManager keeps the L1 block's number and hash, behind the RoundsManager's own slots. */
const blockNumberSlot = 9n
const blockHashSlot = 10n

export interface EmulateL1BlocksOptions {
  readonly rpcUrl: string
  /** The L1 block's number, from 1 to 2^53. */
  readonly l1Block: bigint
}

/**
 * Makes the devnet's rounds count L1 blocks as Arbitrum's do: from now on RoundsManager.blockNum() is `l1Block` and
 * stays so, whatever eth_blockNumber says. The current round and all that the contracts hold stay as they are. Calling it
 * again moves the L1 block; the rounds are moved by advanceRounds.
 *
 * @throws {UsageError} L1_BLOCK_INVALID
 * @throws {ConfigurationError} NOT_A_DEVNET
 * @throws {PreconditionError} DEVNET_TRANSACTION_FAILED, DEVNET_NOT_MINING
 */
export async function emulateL1Blocks({ rpcUrl, l1Block }: EmulateL1BlocksOptions): Promise<void> {
  if (l1Block < 1n || l1Block > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new UsageError('L1_BLOCK_INVALID', `${String(l1Block)} is not the number of an L1 block`, {
      nextSteps: ['choose a whole number from 1 on'],
    })
  }
  const rpc = connectDevnet(rpcUrl)
  try {
    await requireDevnet(rpc)
    const view = { address: devnetContracts.RoundsManager, args: [] } as const
    const [round, block, startBlock] = await Promise.all([
      readDevnet(rpc, { ...view, functionName: 'currentRound' }),
      readDevnet(rpc, { ...view, functionName: 'blockNum' }),
      readDevnet(rpc, { ...view, functionName: 'currentRoundStartBlock' }),
    ])
    const blocksIntoRound = block - startBlock
    await setSlot(rpc, blockNumberSlot, l1Block)
    await setSlot(rpc, blockHashSlot, BigInt(keccak256(numberToHex(l1Block))))
    await installAdjustableTarget()
    await warpToRound(rpc, round, l1Block > blocksIntoRound ? l1Block - blocksIntoRound : 0n)
  } finally {
    rpc.close()
  }

  async function installAdjustableTarget(): Promise<void> {
    const id = keccak256(stringToHex('RoundsManagerTarget'))
    const commit = numberToHex(0, { size: 20 })
    await sendAsDeployer(rpc, {
      to: devnetContracts.Controller,
      data: encodeFunctionData({
        abi: devnetAbi,
        functionName: 'setContractInfo',
        args: [id, devnetContracts.AdjustableRoundsManagerTarget, commit],
      }),
      purpose: 'emulate L1 blocks',
    })
  }
}
